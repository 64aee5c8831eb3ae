import {
  anywhere,
  both,
  job,
  type Mends,
  onLinux,
  onMac,
  publish,
  rebind,
  restart,
  seeLog,
  shown,
  start,
  uvicorn,
  whoListens,
} from './commands.ts';

const restartAndLook: Mends = (known) => [...restart(known), ...seeLog(known)];
const bindAnew = rebind('Start it for every address', '0.0.0.0');
const freePort: Mends = (known) => [
  ...whoListens(known.around.port),
  anywhere('Stop that program, then start the review server'),
  ...start(known),
];
const startAtLogin: Mends = ({ around: { serviceLabel } }) =>
  serviceLabel === undefined
    ? [anywhere('To have it started at every login: npm run service -- install --server, with its start command')]
    : [];

/** What mends the review server: its process, its port, its answers. */
export const SERVER_REMEDIES = {
  healthy: () => [],
  'no-data': () => [],
  inconsistent: ({ around: { port } }) => [...whoListens(port), anywhere('Check again in a moment')],
  'not-running': (known) => [...start(known), ...whoListens(known.around.port)],
  crashed: (known) => [...seeLog(known), ...start(known), ...startAtLogin(known)],
  'crash-loop': (known) => [...seeLog(known), ...breakLoop(known)],
  'cannot-start': (known) => [
    onMac('Move its project out of Documents and Desktop, or give its Python Full Disk Access in System Settings'),
    anywhere('Check that its program and its folder exist'),
    ...lookAtService(known),
    ...restart(known),
  ],
  'never-started': (known) => [...enable(known), ...startAtLogin(known)],
  starting: (known) => [
    anywhere('Wait a few seconds; if it stays so for minutes, it is stuck'),
    ...seeLog(known),
    ...restart(known),
  ],
  'just-started': () => [anywhere('Try again in the app')],
  'loopback-only': (known) => [
    ...bindAnew(known),
    anywhere(
      'Or let Tailscale pass the port on',
      `tailscale serve --bg --tcp=${known.around.port} tcp://127.0.0.1:${known.around.port}`,
    ),
  ],
  'bound-elsewhere': bindAnew,
  'ipv4-only': rebind('Start it for both families', ''),
  'ipv6-only': bindAnew,
  'wrong-port': ({ around: { port } }) => [
    anywhere(`Start it on port ${port}`, uvicorn(port)),
    anywhere('Or, if the one on the other port is the review server, put that port into the app'),
  ],
  'wrong-program': freePort,
  malformed: (known) => [
    ...whoListens(known.around.port),
    anywhere('If that is another program, stop it, then start the review server'),
    ...start(known),
  ],
  'split-port': ({ around: { port } }) => [...whoListens(port), anywhere('Stop the one that is not wanted')],
  hung: (known) => [
    ...restart(known),
    ...(known.pid === undefined ? [] : [onMac('To see what it hangs on, before that', `sample ${known.pid} 3`)]),
  ],
  suspended: (known) => [
    known.pid === undefined
      ? anywhere('Let it go on: in its terminal, type fg')
      : anywhere('Let it go on', `kill -CONT ${known.pid}`),
    ...restart(known),
  ],
  'reload-dead': (known) => [
    ...seeLog(known),
    anywhere('Mend the error in its code: saving the file starts the worker again'),
    ...restart(known),
  ],
  'closed-early': restartAndLook,
  'slower-than-app': restartAndLook,
  'server-error': restartAndLook,
  overloaded: () =>
    both(
      'See what keeps it busy',
      'top -l 1 -o cpu -n 10 -stats pid,cpu,command',
      'ps -eo pid,pcpu,pmem,comm --sort=-pcpu | head -n 11',
    ),
  tls: ({ around: { port } }) => [publish(port, 'Let Tailscale hold the certificate')],
  'not-published': ({ around: { port } }) => [publish(port)],
} as const satisfies Readonly<Record<string, Mends>>;

function breakLoop(known: Parameters<Mends>[0]): ReturnType<Mends> {
  const label = known.around.serviceLabel;
  if (label === undefined) return start(known);
  const unit = shown([label]);
  return [
    ...both(
      'When its error is mended, start it',
      `launchctl kickstart -k ${job(label)}`,
      `systemctl --user reset-failed ${unit}; systemctl --user start ${unit}`,
    ),
    ...both('Or stop the loop', `launchctl bootout ${job(label)}`, `systemctl --user stop ${unit}`),
  ];
}

function enable(known: Parameters<Mends>[0]): ReturnType<Mends> {
  const label = known.around.serviceLabel;
  if (label === undefined) return start(known);
  const plist = `~/Library/LaunchAgents/${shown([label])}.plist`;
  return [
    ...both(
      'Start it now and at every login',
      `launchctl enable ${job(label)}; launchctl bootstrap gui/$(id -u) ${plist}`,
      `systemctl --user enable --now ${shown([label])}`,
    ),
    onLinux('And before anyone logs in', 'loginctl enable-linger'),
  ];
}

function lookAtService({ around: { serviceLabel } }: Parameters<Mends>[0]): ReturnType<Mends> {
  if (serviceLabel === undefined) return [];
  return both(
    'See what the service manager says',
    `launchctl print ${job(serviceLabel)} | grep -E 'state|exit|path'`,
    `systemctl --user status --no-pager ${shown([serviceLabel])}`,
  );
}
