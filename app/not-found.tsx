import { Screen } from '#components/shell/screen.tsx';

export default function NotFound() {
  return (
    <Screen title="No such page">
      <section className="rounded-card bg-card px-4 py-3.5">
        <p>There is nothing at this address.</p>
        <a href="/" data-way="tab" className="mt-1 flex min-h-11 items-center font-semibold text-accent">
          To the status
        </a>
      </section>
    </Screen>
  );
}
