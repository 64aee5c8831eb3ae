import { AlreadyOwnedError } from '#lib/store/owner.ts';
import { printBanner } from './banner.ts';
import { ConfigError, readConfig } from './config.ts';
import { log } from './log.ts';
import { believeLoopbackOnly } from './sender.ts';
import { runningServices, type Services, startServices } from './services.ts';

/** Starts everything, or says in a sentence why not and ends the process. */
export async function boot(): Promise<void> {
  if (runningServices() !== null) return;
  believeLoopbackOnly();
  try {
    const services = await startServices(readConfig(process.env));
    endWith(services);
    void printBanner(services);
  } catch (error) {
    if (!(error instanceof ConfigError || error instanceof AlreadyOwnedError)) throw error;
    process.stderr.write(`\nLifeline cannot start.\n${error.message}\n\n`);
    process.exit(1);
  }
}

/** Ctrl-C and SIGTERM: the end of measuring is written down, so that the history shows a gap with its reason. */
function endWith(services: Services): void {
  let ending = false;
  const end = async (): Promise<void> => {
    if (ending) return;
    ending = true;
    try {
      await services.close();
    } catch (error) {
      log.error({ err: error }, 'closing failed');
    }
    process.exit(0);
  };
  process.on('SIGINT', () => void end());
  process.on('SIGTERM', () => void end());
}
