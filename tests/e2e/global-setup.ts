import { ensureBuilt } from '#scripts/build.mjs';
import { startApp } from '#tests/support/running-app.ts';
import { scriptedAnkiConnect } from '#tests/support/scripted-ankiconnect.ts';
import { scriptedReviewServer } from '#tests/support/scripted-review-server.ts';

/** One built app that watches a well review server, for all specs that do not change what is watched. */
export default async function setUp(): Promise<() => Promise<void>> {
  await ensureBuilt();
  const anki = await scriptedAnkiConnect();
  const server = await scriptedReviewServer({ parts: { ankiConnectUrl: anki.url, bridgeUrl: null } });
  const app = await startApp({ reviewServerUrl: server.url, ankiConnectUrl: anki.url, intervalMs: 1_000 });
  process.env['LIFELINE_E2E_URL'] = app.url;
  return async () => {
    await app.stop();
    await Promise.all([server.stop(), anki.stop()]);
  };
}
