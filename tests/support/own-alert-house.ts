import { rmSync } from 'node:fs';
import { onTestFinished } from 'vitest';
import { type AlertHouse, alertHouse, type HouseOptions } from './alert-house.ts';

/** An alert house that ends with the test, and its files with it. */
export async function ownAlertHouse(options: HouseOptions = {}): Promise<AlertHouse> {
  const house = await alertHouse(options);
  onTestFinished(async () => {
    await house.close();
    rmSync(house.dataDir, { recursive: true, force: true });
  });
  return house;
}
