import { nextTask } from './next-task.ts';

type Begin = () => () => void;

/** What runs beside every screen while the app is open, in the chunk that this came with. Each begins and returns how to stop. */
const BESIDE: readonly (() => Promise<Begin>)[] = [
  async () => (await import(/* webpackChunkName: "beside" */ './worker-update.ts')).keepUpToDate,
  async () => (await import(/* webpackChunkName: "beside" */ './alerts/keep-alerts.ts')).followAlerts,
  async () => (await import(/* webpackChunkName: "beside" */ './alerts/keep-alerts.ts')).keepAlerts,
  async () => (await import(/* webpackChunkName: "beside" */ './alerts/badge.ts')).keepBadge,
  async () => (await import(/* webpackChunkName: "beside" */ './phone/watch-way.ts')).watchWay,
];

/** Loads and begins all of it, each in a task of its own, so that none holds up a tap. Returns how to stop. */
export function beginAfterLoad(): () => void {
  const stops: (() => void)[] = [];
  let isStopped = false;
  const begin = async (): Promise<void> => {
    for (const load of BESIDE) {
      await nextTask();
      const begun = await load();
      if (isStopped) return;
      stops.push(begun());
    }
  };
  void begin();
  return () => {
    isStopped = true;
    for (const stop of stops) stop();
  };
}
