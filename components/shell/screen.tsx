import { type Tab, TabBar } from './tab-bar.tsx';

type ScreenProps = {
  readonly children: React.ReactNode;
  /** Left out where the screen has a first heading of its own. */
  readonly title?: string;
  readonly columns?: boolean;
  /** The tab it belongs to, if any. */
  readonly tab?: Tab;
};

/** A screen's place: one column on a phone, two on a desktop if it has them, clear of the notch and the home bar. */
export function Screen({ children, title, columns = false, tab }: ScreenProps) {
  const shape = columns
    ? 'max-w-[1120px] lg:grid-cols-[minmax(0,5fr)_minmax(0,6fr)] lg:grid-rows-[auto_auto_1fr] lg:gap-x-8 lg:items-start'
    : 'max-w-[720px]';
  return (
    <>
      <TabBar current={tab ?? null} />
      <main className="flex-1 pt-[max(12px,env(safe-area-inset-top))] pr-[max(16px,env(safe-area-inset-right))] pb-6 pl-[max(16px,env(safe-area-inset-left))] lg:px-6 lg:pt-6">
        <div className={`mx-auto grid grid-cols-[minmax(0,1fr)] gap-3 ${shape}`}>
          {title === undefined ? null : (
            <h1 className="col-span-full px-1 pt-2 text-[30px] leading-[1.2] font-bold tracking-[-0.02em]">{title}</h1>
          )}
          {children}
        </div>
      </main>
    </>
  );
}
