import { isTailnet } from '#lib/domain/tailnet.ts';
import { anywhere, both, flushNames, type Mends, onLinux, onMac, publish, shown, startTailscale } from './commands.ts';

const FIREWALL = '/usr/libexec/ApplicationFirewall/socketfilterfw';

const openFirewall: Mends = ({ around: { port } }) => [
  onLinux('Let the tailnet in (ufw)', `sudo ufw allow in on tailscale0 to any port ${port} proto tcp`),
  onLinux('Or find the rule', 'sudo nft list ruleset'),
  onMac('Find the rule', 'sudo pfctl -sr'),
];

const ownName: Mends = ({ ownName: name, around: { host } }) =>
  name === undefined || name === host
    ? [
        anywhere('See this machine’s own name', 'tailscale status --self --peers=false'),
        anywhere(`Put that name into the app in place of ${host}`),
      ]
    : [anywhere(`Put this machine’s own name into the app in place of ${host}`, name)];

/** What mends the way between the phone and the port. */
export const PATH_REMEDIES = {
  'firewall-rejects': openFirewall,
  'firewall-drops': openFirewall,
  'mac-firewall': ({ around: { port } }) => [
    onMac(
      'Let the server’s program through',
      `APP=$(ps -o comm= -p "$(lsof -tnP -iTCP:${port} -sTCP:LISTEN | head -n 1)"); sudo ${FIREWALL} --add "$APP"; sudo ${FIREWALL} --unblockapp "$APP"`,
    ),
    onMac('If every incoming connection is blocked', `sudo ${FIREWALL} --setblockall off`),
  ],
  'mac-asleep': () => [
    ...both(
      'Keep this machine awake while it has power',
      'sudo pmset -c sleep 0',
      'sudo systemctl mask sleep.target suspend.target',
    ),
    anywhere('Keep its lid open, or connect a screen'),
  ],
  'tailscale-not-running': () => startTailscale,
  'tailscale-stopped': () => both('Switch Tailscale on', 'tailscale up', 'sudo tailscale up'),
  'tailscale-logged-out': () => both('Log in', 'tailscale login', 'sudo tailscale login'),
  'key-expired': () => both('Log in anew', 'tailscale up --force-reauth', 'sudo tailscale up --force-reauth'),
  'needs-approval': () => [anywhere('Approve this machine on the Machines page of the Tailscale admin console')],
  'tailscale-offline': () => [
    anywhere('See what of the internet Tailscale reaches', 'tailscale netcheck'),
    anywhere('Check this machine’s internet access'),
  ],
  'magicdns-unused': () => [anywhere('Let Tailscale resolve names', 'tailscale set --accept-dns=true'), ...flushNames],
  'slow-names': () => [
    ...both('See which resolvers this machine asks', 'scutil --dns', 'resolvectl status'),
    ...flushNames,
  ],
  'magicdns-off': () => [anywhere('Turn MagicDNS on, on the DNS page of the Tailscale admin console')],
  'name-not-found': (known) => [...ownName(known), ...flushNames],
  'dns-failure': () => [anywhere('Let Tailscale resolve names', 'tailscale set --accept-dns=true'), ...flushNames],
  'wrong-address': (known) => [
    ...(known.ownName === known.around.host ? [] : ownName(known)),
    anywhere('See whether the hosts file names it', shown(['grep', '-n', known.around.host, '/etc/hosts'])),
    ...flushNames,
  ],
  unreachable: ({ asked, around: { host } }) =>
    isTailnet(asked ?? host) || host.endsWith('.ts.net')
      ? [anywhere('Is Tailscale on?', 'tailscale status'), ...startTailscale]
      : [
          anywhere('See whether its machine answers', shown(['ping', '-c', '3', host])),
          anywhere('Check that it is on and in the same network'),
        ],
  'policy-blocks': ({ around: { port } }) => [
    ...both('Let connections in', 'tailscale set --shields-up=false', 'sudo tailscale set --shields-up=false'),
    anywhere(
      'Add this grant to the tailnet’s policy',
      `{"src": ["autogroup:member"], "dst": ["autogroup:self"], "ip": ["tcp:${port}"]}`,
    ),
  ],
  'slow-path': () => [
    anywhere('See why there is no direct path', 'tailscale netcheck'),
    anywhere('Let UDP port 41641 through on the networks of both, or raise the app’s time-out to 3 s'),
  ],
  'path-mtu': ({ phone }) => [
    anywhere('On the phone: change between Wi-Fi and mobile data'),
    ...(phone === undefined
      ? []
      : [anywhere('Try a large packet', `tailscale ping --size 1200 --c 3 ${shown([phone])}`)]),
  ],
  'phone-offline': () => [
    anywhere('On the phone: turn Tailscale on'),
    anywhere('On the phone: check that it has Wi-Fi or mobile data'),
  ],
  'phone-stale': () => [
    anywhere('On the phone: turn Tailscale off and on'),
    anywhere('On the phone: close the app and open it again'),
    anywhere('On the phone: turn airplane mode on and off'),
  ],
  'stale-connection': () => [anywhere('In the app: try once more')],
  'app-address': ({ origin, around: { host, port } }) => [
    anywhere('Put this address into the app', origin ?? `http://${host}:${port}`),
  ],
  'cleartext-blocked': ({ around: { host, port } }) => [
    publish(port, 'Let Tailscale serve it by https'),
    anywhere('Then put this address into the app', `https://${host}`),
  ],
} as const satisfies Readonly<Record<string, Mends>>;
