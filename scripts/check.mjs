import { check } from './checks.mjs';
import { onNode26 } from './install.mjs';
import { runMain } from './project.mjs';
import { told } from './reports.mjs';

await runMain(async () => {
  const elsewhere = await onNode26();
  if (elsewhere !== null) return elsewhere;
  const result = await check();
  console.log(told(result));
  return result.failed === 0 ? 0 : 1;
});
