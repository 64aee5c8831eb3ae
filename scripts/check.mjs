import { check, told } from './checks.mjs';
import { onNode26 } from './install.mjs';
import { runMain } from './project.mjs';

await runMain(async () => {
  const elsewhere = await onNode26();
  if (elsewhere !== null) return elsewhere;
  const counts = await check();
  console.log(told(counts));
  return counts.failed === 0 ? 0 : 1;
});
