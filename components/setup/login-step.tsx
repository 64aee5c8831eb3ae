import { Command } from '#components/ui/command.tsx';

/** How Lifeline comes back after a restart of the Mac. */
export function LoginStep({ startsAtLogin }: { readonly startsAtLogin: boolean | null }) {
  return startsAtLogin === true ? (
    <>
      <p>It runs from the login on, and again when it ends. To end that, in Lifeline’s folder:</p>
      <Command text="npm run service -- uninstall" name="the command" />
    </>
  ) : (
    <>
      <p>In Lifeline’s folder on the Mac. It then runs from the login on, and again when it ends:</p>
      <Command text="npm run service -- install" name="the command" />
      <p className="mt-3">The review server likewise, with the command that starts it:</p>
      <Command text="npm run service -- install --server '<command>'" name="the command for the review server" />
    </>
  );
}
