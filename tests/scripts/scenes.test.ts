import { setTimeout as pause } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import type { ProbeResult } from '#lib/domain/probe.ts';
import { createAnkiConnect } from '#lib/review/anki-connect.ts';
import { askAnki } from '#lib/review/anki-state.ts';
import { askBridge } from '#lib/review/bridge.ts';
import { askCurrent } from '#lib/review/current.ts';
import { playScene, READY, type Stage, scenesFor } from '#scripts/scenes.ts';
import { createCompany } from '#tests/support/anki-company.ts';
import { probe } from '#tests/support/probing.ts';
import { closedPort, targetAt } from '#tests/support/raw-servers.ts';
import type { Parts } from '#tests/support/review-server-call.ts';
import { scriptedAnkiConnect } from '#tests/support/scripted-ankiconnect.ts';
import { scriptedBridge } from '#tests/support/scripted-bridge.ts';
import { type ScriptedReviewServer, scriptedReviewServer } from '#tests/support/scripted-review-server.ts';

const HOST = process.platform === 'linux' ? '127.0.0.2' : '127.0.0.1';

/** A stage as the demo's, at ports of its own. */
async function setStage() {
  const anki = await scriptedAnkiConnect();
  const ports = [await closedPort(), await closedPort()];
  const bridge = await scriptedBridge({ anki, ports });
  const parts = { ankiConnectUrl: anki.url, bridgeUrl: `http://127.0.0.1:${ports[0]}` };
  const [server, loopback] = await serversOf(parts);
  const company = createCompany(anki.desktop);
  onTestFinished(async () => {
    company.leave();
    await Promise.all([anki, bridge, server, loopback].map((actor) => actor?.stop()));
  });
  return { anki, bridge, server, loopback, ports, company };
}

/** Both at one port, which somebody else may have at one of the two addresses. */
async function serversOf(parts: Parts): Promise<[ScriptedReviewServer, ScriptedReviewServer | null]> {
  const server = await scriptedReviewServer({ host: HOST, parts });
  if (HOST === '127.0.0.1') return [server, null];
  try {
    return [server, await scriptedReviewServer({ port: server.port, parts })];
  } catch {
    await server.stop();
    return serversOf(parts);
  }
}

/** Everything that can be seen of a stage from outside, without what is new each time. */
async function look({ anki, server, company, ports }: Stage & { readonly ports: readonly number[] }): Promise<string> {
  const [name, loopback, connect, bridge, current] = await Promise.all([
    probe(targetAt(server.port, HOST)),
    probe(targetAt(server.port)),
    askAnki(createAnkiConnect(new URL(anki.url))),
    askBridge(ports),
    askCurrent(targetAt(server.port, HOST)),
  ]);
  const seen = { name: seenBy(name), loopback: seenBy(loopback), connect, bridge, current, company: company.isThere() };
  return JSON.stringify(seen, (key, value) => {
    if (key === 'latencyMs') return value > 600 ? 'late' : undefined;
    return key === 'port' ? ports.indexOf(value) : value;
  });
}

/** A busy machine is late now and then; whatever is not well stays so. */
async function lookUntil(isWell: (look: string) => boolean, stage: Parameters<typeof look>[0]): Promise<string> {
  for (let tries = 1; ; tries += 1) {
    const seen = await look(stage);
    if (isWell(seen) || tries === 10) return seen;
    await pause(300);
  }
}

function seenBy(result: ProbeResult) {
  if (result.outcome === 'failed') return [result.failedIn, result.reason, result.status];
  return [result.health, result.totalMs > 1_000 ? 'late' : 'in time'];
}

test('every scene of the demo shows something of its own, and all is well again after it', async () => {
  const well = await lookUntil((seen) => !seen.includes('late'), await setStage());
  expect(well).toContain('"card"');
  const ills = scenesFor(process.platform).filter((scene) => scene !== READY);
  const seen = await Promise.all(
    ills.map(async (scene) => {
      const stage = await setStage();
      await playScene(scene, stage);
      const shown = await look(stage);
      await playScene(READY, stage);
      return { scene, shown, after: await lookUntil((again) => again === well, stage) };
    }),
  );
  for (const { scene, shown, after } of seen) {
    expect(after, `after ${scene.name}`).toBe(well);
    expect(shown, scene.name).not.toBe(well);
    const alike = seen.filter((other) => other.shown === shown).map((other) => other.scene.name);
    expect(alike).toEqual([scene.name]);
  }
}, 60_000);

test('scenes are asked for by name, and only Linux has the one that needs a second loopback address', () => {
  const names = scenesFor('linux').map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  expect(scenesFor('darwin').map(({ name }) => name)).toEqual(names.filter((name) => name !== 'loopback-only'));
});

test('company at the Mac answers a card now and then, and begins a review where there is none', async () => {
  const anki = await scriptedAnkiConnect({ state: 'no-reviewer' });
  const company = createCompany(anki.desktop, 20);
  onTestFinished(async () => {
    company.leave();
    await anki.stop();
  });
  const { rows } = anki.collection.revlog;
  const before = rows.length;
  company.join();
  await expect.poll(() => rows.length).toBeGreaterThan(before + 2);
  company.leave();
  const after = rows.length;
  await anki.desktop.closeReviewer();
  expect(rows.length - after).toBeLessThanOrEqual(1);
});
