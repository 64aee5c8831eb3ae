import type { Cause } from './cause.ts';
import type { Conclusion } from './conclude.ts';
import type { Failed } from './probe.ts';
import { spokenBy } from './rows/row.ts';
import { answers, asksServer, type Scene } from './rows/scene.ts';

/** What the probes come to where the facts make no row of the table: then less is known than any row asks for. */
export function concludeFromProbes(scene: Scene): Conclusion {
  const { name, loopback, tailnet } = scene;
  // In full, in time and with Anki there: the answer is the very thing that is asked for.
  if (name.outcome === 'answered')
    return { row: null, cause: 'healthy', confidence: 'high', by: ['name'], against: [] };
  const cause = fromFailure(name, scene);
  // A refusal from another machine is the refusal of R01, whatever answers on this one.
  if (cause === 'not-running') return { row: 'R01', cause, confidence: 'medium', by: ['name'], against: [] };
  // A path that fails while the server itself answers on this machine: two facts that agree.
  const by = spokenBy('name', answers(loopback) && 'loopback', answers(tailnet) && 'tailnet')?.by ?? ['name'];
  const confidence = name.reason === 'unexplained' ? 'low' : by.length >= 2 ? 'high' : 'medium';
  return { row: null, cause, confidence, by, against: [] };
}

function fromFailure({ reason, failedIn }: Failed, scene: Scene): Cause {
  if (reason === 'not-found') return 'name-not-found';
  if (reason === 'dns-failure' || (reason === 'timeout' && failedIn === 'dns')) return 'dns-failure';
  if (reason !== 'refused') return 'unreachable';
  // Another port or https there means that something else listens for the phone: `tailscale serve`.
  const isUp = answers(scene.loopback) || answers(scene.tailnet);
  return !asksServer(scene) && isUp ? 'not-published' : 'not-running';
}
