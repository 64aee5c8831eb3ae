import { StorageError } from '#lib/store/storage-error.ts';

/** A process that can be killed between any two of its steps: whatever it waits for then never comes. */
export type Life = {
  /** Resolves when it is killed. */
  readonly ended: Promise<void>;
  readonly isOver: () => boolean;
  /** Kills it before its n-th step from now, counted from 1; null: not at all. */
  dieBefore(nthStep: number | null): void;
  step(): Promise<void>;
};

export function createLife(): Life {
  let left: number | null = null;
  let isOver = false;
  const { promise: ended, resolve: end } = Promise.withResolvers<void>();
  const never = new Promise<void>(() => undefined);
  return {
    ended,
    isOver: () => isOver,
    dieBefore: (nthStep) => {
      left = nthStep;
    },
    async step() {
      if (left !== null) left -= 1;
      if (left === 0) {
        isOver = true;
        end();
      }
      if (isOver) await never;
    },
  };
}

/** A disk that refuses now and then. */
export type Disk = {
  /** It refuses the n-th thing from now, counted from 1; null: none. */
  refuse(nth: number | null): void;
  /** Throws a StorageError where it refuses. */
  use(): void;
};

export function createDisk(): Disk {
  let left: number | null = null;
  return {
    refuse: (nth) => {
      left = nth;
    },
    use() {
      if (left !== null) left -= 1;
      if (left === 0) throw new StorageError('full', 'The disk of the test', new Error('no space'));
    },
  };
}

/** The same service in the hands of one process: before and after each thing that it is asked there is a step. */
export function inHandsOf<Service extends object>(life: Life, service: Service, disk?: Disk): Service {
  return new Proxy(service, {
    get(target, key) {
      const method: unknown = Reflect.get(target, key);
      if (typeof method !== 'function') return method;
      return async (...given: unknown[]) => {
        await life.step();
        disk?.use();
        const result: unknown = await Reflect.apply(method, target, given);
        await life.step();
        return result;
      };
    },
  });
}
