import type { Cause } from './cause.ts';
import type { Confidence } from './diagnosis.ts';
import type { Facts } from './facts.ts';
import { type Health, isOk } from './health.ts';
import { type Failed, type ProbeResult, withinPatience } from './probe.ts';

/** A cause, and how sure it is: high needs two facts that agree and none that contradicts. */
export type Conclusion = { readonly cause: Cause; readonly confidence: Confidence };

const answers = (probe: ProbeResult | undefined): boolean => probe?.outcome === 'answered';
const failsAs = (probe: ProbeResult | undefined, reason: Failed['reason']): boolean =>
  probe?.outcome === 'failed' && probe.reason === reason;
const sure = (cause: Cause): Conclusion => ({ cause, confidence: 'high' });
const likely = (cause: Cause): Conclusion => ({ cause, confidence: 'medium' });
const perhaps = (cause: Cause): Conclusion => ({ cause, confidence: 'low' });

/** What the facts come to. Total: every combination of facts has exactly one conclusion. */
export function conclude(facts: Facts): Conclusion {
  return facts.name.outcome === 'answered' ? fromHealth(facts.name.health, facts) : fromFailure(facts.name, facts);
}

function fromHealth(health: Health, { name, generation }: Facts): Conclusion {
  if (!isOk(health.server)) return sure('server-error');
  // An error without a text is the review server's own time-out: Anki took the connection and said nothing.
  if (health.ankiConnect === 'error: ' || health.ankiConnect === 'error:') return sure('anki-hung');
  if (!withinPatience(name)) return sure('slower-than-app');
  if (!isOk(health.ankiConnect)) return isOk(health.ankiAddon) ? sure('ankiconnect-missing') : withoutConnect(health);
  if (!isOk(health.ankiAddon) && generation?.value === 'bridge') return sure('bridge-missing');
  return sure('healthy');
}

const withoutConnect = ({ ankiRunning }: Health): Conclusion =>
  isOk(ankiRunning) ? likely('ankiconnect-missing') : sure('anki-not-running');

function fromFailure(name: Failed, facts: Facts): Conclusion {
  if (leadsElsewhere(facts)) return sure('wrong-address');
  switch (name.reason) {
    case 'not-found':
      return supported('name-not-found', facts);
    case 'dns-failure':
      return supported('dns-failure', facts);
    case 'refused':
      return fromRefusal(facts);
    case 'timeout':
      return fromSilence(name, facts);
    case 'unreachable':
      return supported('unreachable', facts);
    case 'reset':
    case 'closed-early':
    case 'truncated':
      return sameOnLoopback('closed-early', facts);
    case 'bad-certificate':
    case 'tls-failure':
      return supported('tls', facts);
    case 'not-http':
    case 'malformed':
    case 'too-large':
    case 'bad-body':
      return sameOnLoopback('malformed', facts);
    case 'redirect':
    case 'wrong-server':
      return sameOnLoopback('wrong-program', facts);
    case 'wrong-status':
      return fromStatus(name.status ?? 0, facts);
    case 'unexplained':
      return perhaps('unreachable');
  }
}

/** The name ought to lead to this machine, leads to another, and the server does answer here. */
const leadsElsewhere = ({ here, ownName, loopback, tailnet }: Facts): boolean =>
  here === false && ownName === true && (answers(loopback) || answers(tailnet));

/** A path that fails while the server itself answers on this machine: two facts that agree. */
const supported = (cause: Cause, { loopback, tailnet }: Facts): Conclusion =>
  answers(loopback) || answers(tailnet) ? sure(cause) : likely(cause);

/** A fault of what holds the port: certain when loopback shows the same, doubtful when loopback is fine. */
function sameOnLoopback(cause: Cause, { name, loopback, here }: Facts): Conclusion {
  if (here === false || loopback === undefined) return likely(cause);
  if (answers(loopback)) return perhaps(cause);
  return loopback.outcome === 'failed' && name.outcome === 'failed' && loopback.reason === name.reason
    ? sure(cause)
    : likely(cause);
}

/** A proxy in front of a server that is gone answers 502 in its place. Source: network reference R33. */
function fromStatus(status: number, facts: Facts): Conclusion {
  if (status < 500) return sameOnLoopback('wrong-program', facts);
  const gone = failsAs(facts.loopback, 'refused') && !isAlike(facts.name, facts.loopback);
  return gone ? sure('not-running') : sameOnLoopback('server-error', facts);
}

/** Whether two probes ask the same port in the same way, so that their answers can be compared. */
function isAlike(name: ProbeResult, side: ProbeResult | undefined): boolean {
  const [one, other] = [name, side].map((probe) => new URL(probe?.target.url ?? 'none:'));
  return one?.protocol === other?.protocol && one?.port === other?.port;
}

function fromRefusal({ name, here, loopback, tailnet }: Facts): Conclusion {
  if (here === false) return likely('not-running');
  // Another port or https there means that something else listens for the phone: `tailscale serve`.
  if (answers(loopback) && !isAlike(name, loopback)) return sure('not-published');
  if (answers(loopback)) return answers(tailnet) ? perhaps('inconsistent') : sure('loopback-only');
  const agreed = failsAs(loopback, 'refused') || failsAs(tailnet, 'refused');
  return agreed ? sure('not-running') : likely('not-running');
}

function fromSilence(name: Failed, facts: Facts): Conclusion {
  switch (name.failedIn) {
    case 'dns':
      return supported('dns-failure', facts);
    case 'tcp':
      // Loopback drops nothing: silence there too is a process that no longer accepts, with its queue full.
      return facts.here !== false && failsAs(facts.loopback, 'timeout')
        ? likely('hung')
        : supported('unreachable', facts);
    case 'tls':
    case 'firstByte':
    case 'download':
      return sameOnLoopback('hung', facts);
  }
}
