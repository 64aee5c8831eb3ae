import type { Picture } from '#lib/client/glance.ts';
import { Diagnosis } from './diagnosis.tsx';
import { Notices } from './notices.tsx';
import { Recovered } from './recovered.tsx';

type ExplanationProps = { readonly picture: Picture; readonly isTrouble: boolean; readonly refresh: () => void };

/** What explains the glance, where something needs to be explained. */
export function Explanation({ picture, isTrouble, refresh }: ExplanationProps) {
  return (
    <>
      <Notices status={picture.status} />
      {isTrouble ? <Diagnosis picture={picture} refresh={refresh} /> : <Recovered status={picture.status} />}
    </>
  );
}
