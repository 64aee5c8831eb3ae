import { Notice } from '#components/ui/notice.tsx';
import type { Status } from '#lib/contract/status.ts';

/** What is wrong with Lifeline itself, told before anything else is believed. */
export function Notices({ status }: { readonly status: Status }) {
  return (
    <>
      {status.monitor.state === 'stalled' ? (
        <Notice title="Lifeline has stopped measuring">
          <p>
            What is shown here is not current. Restart Lifeline on the Mac: press Ctrl-C where it runs, then npm start.
          </p>
        </Notice>
      ) : null}
      {status.storage.state === 'failing' ? (
        <Notice title="The history is not being kept">
          <p>{status.storage.detail ?? 'Checking goes on, but nothing is written to disk.'}</p>
        </Notice>
      ) : null}
    </>
  );
}
