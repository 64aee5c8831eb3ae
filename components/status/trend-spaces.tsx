/** The places of the uptime and the latency card, in their final size. */
export const TrendSpaces = () => (
  <>
    <div className="h-[148px] rounded-card bg-card" />
    <div className="h-[234px] rounded-card bg-card lg:h-[314px]" />
  </>
);
