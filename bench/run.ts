// npm run bench [-- name …]: all measurements, or the named ones. Each prints what it measured beside what it is to be.
const BENCHES: Readonly<Record<string, () => Promise<{ run(): Promise<void> }>>> = {
  probe: () => import('./probe.ts'),
  history: () => import('./history.ts'),
  page: () => import('./page.ts'),
  lighthouse: () => import('./lighthouse.ts'),
  app: () => import('./app.ts'),
  review: () => import('./review.ts'),
};

const named = process.argv.slice(2);
const unknown = named.filter((name) => !(name in BENCHES));
if (unknown.length > 0) {
  console.error(`There is no measurement called ${unknown.join(', ')}. There are: ${Object.keys(BENCHES).join(', ')}.`);
  process.exit(1);
}

for (const [name, load] of Object.entries(BENCHES)) {
  if (named.length > 0 && !named.includes(name)) continue;
  console.log(`\n## ${name}\n`);
  const { run } = await load();
  await run();
}
