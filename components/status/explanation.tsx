import type { Picture } from '#lib/client/glance.ts';
import { Diagnosis } from './diagnosis.tsx';
import { Notices } from './notices.tsx';

/** What explains the glance, where something needs to be explained. */
export function Explanation({ picture, isTrouble }: { readonly picture: Picture; readonly isTrouble: boolean }) {
  return (
    <>
      <Notices status={picture.status} />
      {isTrouble ? <Diagnosis picture={picture} /> : null}
    </>
  );
}
