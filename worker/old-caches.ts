import { BUILD, isRscCache, rscCacheOf } from '#lib/contract/build.ts';

/** Deletes what was kept for the pages of other builds; Workbox sees to its own. */
export async function deleteOldCaches(): Promise<void> {
  const names = await caches.keys();
  const old = names.filter((name) => isRscCache(name) && name !== rscCacheOf(BUILD));
  await Promise.all(old.map((name) => caches.delete(name)));
}
