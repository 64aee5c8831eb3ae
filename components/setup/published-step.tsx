import { Command } from '#components/ui/command.tsx';
import { isAt } from '#lib/client/setup/published.ts';
import type { ThisDevice } from '#lib/client/setup/this-device.ts';
import type { Setup } from '#lib/contract/setup.ts';

type Serve = Setup['serve'];

/** What the command is for, as the sentence that stands before it. */
const BEFORE: Readonly<Record<Exclude<Serve['state'], 'published'>, string>> = {
  'not-published': 'Publish it to your tailnet, and only there. On the Mac:',
  public:
    'Funnel opens Lifeline to everybody. Lifeline refuses what comes by it, but close it all the same. This keeps the tailnet’s way open; a funnel that runs in a terminal is ended there, with Ctrl-C:',
  elsewhere: 'Publish Lifeline beside it, on a port of its own. On the Mac:',
  'no-tailscale': 'The phone reaches the Mac by Tailscale. On the Mac:',
  unknown: 'To publish it to your tailnet, on the Mac:',
};

function Address({ url }: { readonly url: string }) {
  return (
    <>
      <p>The address of Lifeline, for your tailnet only:</p>
      <Command text={url} name="the address" />
      <p className="mt-2 text-dim">
        It is what the app on a phone is known by: rename the Mac or the tailnet, and the app has to be added and its
        alerts turned on again.
      </p>
    </>
  );
}

type PublishedStepProps = { readonly setup: Setup | null; readonly device: ThisDevice };

/** The way to Lifeline: the address, or the command that makes one. */
export function PublishedStep({ setup, device }: PublishedStepProps) {
  return (
    <>
      {device.isSecure ? null : (
        <p className="mb-3">
          Without https a browser keeps no files, sends no alerts and lets nothing last: Lifeline opens only while the
          Mac answers.
        </p>
      )}
      <Way setup={setup} device={device} />
    </>
  );
}

function Way({ setup, device }: PublishedStepProps) {
  if (setup === null) {
    return device.isHttps ? <Address url={device.origin} /> : <p>The Mac says how, once it tells this device.</p>;
  }
  const { state, url, command, detail } = setup.serve;
  const isElsewhere = url !== null && !isAt(device.origin, url) && !device.isHttps;
  if (state === 'published' && url !== null) {
    return (
      <>
        <Address url={url} />
        {isElsewhere ? (
          <p className="mt-2">
            <a href={`${url}/setup`} className="inline-flex min-h-11 items-center font-semibold text-accent">
              Open it there
            </a>
          </p>
        ) : null}
      </>
    );
  }
  if (state === 'published') return null;
  return (
    <>
      {state === 'no-tailscale' || detail === null ? null : <p className="mb-2">{detail}</p>}
      <p>{BEFORE[state]}</p>
      <Command text={command} name="the command" />
      {state === 'not-published' ? (
        <p className="mt-2 text-dim">
          Or <code className="font-mono text-note">npm run tailnet</code> in Lifeline’s folder: it does the same and
          shows the code for the phone. This turns green by itself.
        </p>
      ) : null}
    </>
  );
}
