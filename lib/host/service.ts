import type { Service } from '#lib/domain/host-facts.ts';
import type { Told } from '#lib/domain/told.ts';
import { launchdService } from './launchd.ts';
import { systemdService } from './systemd.ts';

/**
 * What the service manager of this machine says of one job of this user: a launchd label of the GUI domain, or a systemd
 * user unit (`.service` may be left out). Never rejects.
 */
export async function serviceStatus(label: string, platform = process.platform): Promise<Told<Service>> {
  switch (platform) {
    case 'darwin':
      return launchdService(label);
    case 'linux':
      return systemdService(label);
    default:
      return { why: 'not-here', detail: `${platform} has neither launchd nor systemd` };
  }
}
