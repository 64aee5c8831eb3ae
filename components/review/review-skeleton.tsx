/** The screen before anything is known, in its own shape. */
export function ReviewSkeleton() {
  return (
    <div className="flex min-h-0 flex-1 flex-col gap-2" aria-hidden="true">
      <div className="flex min-h-[250px] flex-1 flex-col rounded-card bg-card">
        <div className="flex flex-1 flex-col items-center justify-center gap-4">
          <div className="skeleton h-8 w-40" />
          <p className="appear-late text-note text-dim">The Mac takes its time to answer.</p>
        </div>
        <div className="p-2">
          <div className="show-answer skeleton" />
        </div>
      </div>
      <div className="grid grid-cols-4 gap-2">
        {['Again', 'Hard', 'Good', 'Easy'].map((word) => (
          <div key={word} className="answer-button skeleton" />
        ))}
      </div>
    </div>
  );
}
