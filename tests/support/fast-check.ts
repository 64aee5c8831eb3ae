import fc from 'fast-check';

const { SEED: given = '1' } = process.env;

/** Of everything that a test makes up. The same in each run, so that a red one tells of the change that it judges; `SEED=random` tries others. */
export const SEED = given === 'random' ? Math.floor(Math.random() * 2 ** 30) : Number(given);
if (!Number.isSafeInteger(SEED)) throw new Error(`SEED is a whole number or "random", and not ${given}.`);

fc.configureGlobal({ seed: SEED });

export { fc };
