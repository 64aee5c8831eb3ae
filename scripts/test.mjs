import { ensureBuilt } from './build.mjs';
import { browserTests, staticChecks, unitTests } from './checks.mjs';
import { ensureChromium } from './chromium.mjs';
import { onNode26 } from './install.mjs';
import { ensureNetworkTools } from './network-tools.mjs';
import { runMain, SetupError } from './project.mjs';
import { failedAs, sum, told } from './reports.mjs';
import { ensureWebKit } from './webkit.mjs';

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
  const tools = ensureNetworkTools();
  const chromium = isThere(ensureChromium());
  const webkit = ensureWebKit();
  const results = [await staticChecks()];
  await Promise.all([tools, chromium]);
  results.push(await unitTests('tests'));
  const built = isThere(ensureBuilt({ gently: true }));
  results.push(await unitTests('rows'));
  if ((await built) && (await chromium)) {
    results.push(await browserTests());
    await webkit;
    results.push(await unitTests('webkit'));
  } else results.push(failedAs('The browser tests: not run'));
  const all = sum(results);
  console.log(told(all));
  return all.failed === 0 ? 0 : 1;
});
