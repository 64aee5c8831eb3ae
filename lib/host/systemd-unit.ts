/** The kinds of unit that systemd knows (systemd.unit(5)). */
const SUFFIX = /\.(?:service|socket|device|mount|automount|swap|target|path|timer|slice|scope)$/;

/** A unit by its whole name: without one of systemd's suffixes it is a service, as `systemctl` itself reads it. */
export const unitName = (label: string): string => (SUFFIX.test(label) ? label : `${label}.service`);

/** Where this user's systemd listens. A session sets it; a cron job or a service of the system does not. */
export function userBus(): Record<string, string> {
  return process.env['XDG_RUNTIME_DIR'] ? {} : { XDG_RUNTIME_DIR: `/run/user/${process.getuid?.() ?? 0}` };
}
