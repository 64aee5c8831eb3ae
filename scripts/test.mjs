import { ensureBuilt } from './build.mjs';
import { browserTests, check, sum, told } from './checks.mjs';
import { ensureChromium } from './chromium.mjs';
import { onNode26 } from './install.mjs';
import { runMain, SetupError } from './project.mjs';

const FAILED = { passed: 0, failed: 1, skipped: 0 };

/** Builds, finds a browser and runs the browser tests; what keeps them from running counts as one failure. */
async function browserPart() {
  try {
    await ensureBuilt();
    await ensureChromium();
    return await browserTests();
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    console.log(error.message);
    return FAILED;
  }
}

await runMain(async () => {
  const elsewhere = await onNode26();
  if (elsewhere !== null) return elsewhere;
  const counts = sum([await check(), await browserPart()]);
  console.log(told(counts));
  return counts.failed === 0 ? 0 : 1;
});
