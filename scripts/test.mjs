import { ensureBuilt } from './build.mjs';
import { browserTests, staticChecks, sum, told, unitTests } from './checks.mjs';
import { ensureChromium } from './chromium.mjs';
import { onNode26 } from './install.mjs';
import { runMain, SetupError } from './project.mjs';
import { ensureWebKit } from './webkit.mjs';

const FAILED = { passed: 0, failed: 1, skipped: 0 };

/** @param {Promise<unknown>} needed @returns {Promise<boolean>} whether it is there; when not, it was told why */
const isThere = (needed) =>
  needed.then(
    () => true,
    (error) => {
      if (!(error instanceof SetupError)) throw error;
      console.log(error.message);
      return false;
    },
  );

await runMain(async () => {
  const elsewhere = await onNode26();
  if (elsewhere !== null) return elsewhere;
  // What takes its time without much work goes beside what works: installing, and building beside tests that mostly wait.
  const chromium = isThere(ensureChromium());
  const webkit = ensureWebKit();
  const counts = [await staticChecks()];
  await chromium;
  counts.push(await unitTests('tests'));
  const built = isThere(ensureBuilt({ gently: true }));
  counts.push(await unitTests('rows'));
  if ((await built) && (await chromium)) {
    counts.push(await browserTests());
    await webkit;
    counts.push(await unitTests('webkit'));
  } else counts.push(FAILED);
  const all = sum(counts);
  console.log(told(all));
  return all.failed === 0 ? 0 : 1;
});
