import type { FactName } from '#lib/domain/facts.ts';
import { isOpenTo } from './listening.ts';
import { type Reading, spokenBy } from './row.ts';
import { answers, asksServer, failsAs, isVacant, type Scene } from './scene.ts';

/**
 * How the facts say that nothing listens on the server's port; null where they do not. The table says so, or every probe
 * that came as far as the port was refused.
 */
export function absence(scene: Scene): Reading | null {
  if (scene.name.outcome === 'answered') return null;
  const { onPort } = scene;
  if (onPort !== undefined && onPort.length > 0) return contradicted(scene);
  const reading = spokenBy(isVacant(scene) && 'listeners', ...refusals(scene));
  if (reading === null) return null;
  const answering = whoAnswers(scene);
  if (answering.length === 0) return isTold(scene) ? reading : null;
  return isVacant(scene) && refusals(scene).length > 0 ? { ...reading, against: answering } : null;
}

/** That nothing listens, together with the facts that say why; null where either is missing. */
export function gone(scene: Scene, ...why: readonly (FactName | false)[]): Reading | null {
  const facts = why.filter((fact) => fact !== false);
  const reading = facts.length === 0 ? null : absence(scene);
  return reading === null ? null : { ...reading, by: [...new Set([...facts, ...reading.by])] };
}

/** Loopback refuses where the table has a listener: one of the two is out of date. */
function contradicted(scene: Scene): Reading | null {
  const { onPort, loopback } = scene;
  const open = onPort?.some((socket) => isOpenTo(socket, loopback?.address ?? loopback?.target.address ?? '127.0.0.1'));
  if (open !== true || !failsAs(loopback, 'refused')) return null;
  return { by: ['loopback'], against: ['listeners'] };
}

/** Without the table a refusal on loopback proves little alone: the server may listen at another address only. */
const isTold = (scene: Scene): boolean => isVacant(scene) || refusals(scene).some((fact) => fact !== 'loopback');

const whoAnswers = ({ loopback, tailnet }: Scene): readonly FactName[] =>
  spokenBy(answers(loopback) && 'loopback', answers(tailnet) && 'tailnet')?.by ?? [];

/** A refusal from another machine says nothing of this one's port. */
const refusals = (scene: Scene): readonly FactName[] =>
  spokenBy(
    scene.here !== false && saysGone(scene) && 'name',
    failsAs(scene.loopback, 'refused') && 'loopback',
    failsAs(scene.tailnet, 'refused') && 'tailnet',
  )?.by ?? [];

/**
 * The name's own way of saying so: a refusal, which is that of a proxy in front unless the port behind it refuses too; or a
 * proxy that finds nobody behind it.
 */
const saysGone = (scene: Scene): boolean =>
  (failsAs(scene.name, 'refused') && (asksServer(scene) || isGoneBehind(scene))) ||
  isDeadEnd(scene) ||
  isBadGateway(scene);

const isGoneBehind = (scene: Scene): boolean => failsAs(scene.loopback, 'refused') || isVacant(scene);

/** `tailscale serve --tcp` takes the connection, finds nothing to pass it on to, and closes it. */
export const isDeadEnd = (scene: Scene): boolean =>
  scene.forward?.speaks === 'tcp' && failsAs(scene.name, 'closed-early', 'reset') && isGoneBehind(scene);

/** A proxy in front of a server that is gone answers 502 in its place. Source: network reference R33. */
export const isBadGateway = (scene: Scene): boolean => {
  const { name } = scene;
  if (asksServer(scene) || name.outcome === 'answered' || name.reason !== 'wrong-status') return false;
  return (name.status ?? 0) >= 500 && isGoneBehind(scene);
};
