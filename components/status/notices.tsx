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
      {status.target.isGuess ? (
        <Notice title="The phone’s address is not known">
          <p>
            Lifeline watches the review server on this machine only: whether your phone gets through is not tested. Turn
            Tailscale on, or set REVIEW_SERVER_URL to the address that the app uses.
          </p>
        </Notice>
      ) : null}
      {status.storage.state === 'failing' ? (
        <Notice title="Not everything is being kept">
          <p>{status.storage.detail ?? 'Checking goes on, but nothing is written to disk.'}</p>
        </Notice>
      ) : null}
    </>
  );
}
