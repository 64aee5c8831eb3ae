import type { FrameMedia } from '#lib/contract/card-frame.ts';
import { mediaName } from '#lib/domain/review/media-name.ts';

type Media = Readonly<Record<string, FrameMedia>>;

/** Finds the URLs of one card's files. `release` frees what was made of bytes. */
export type MediaUrls = {
  /** By the address that the card writes; null for what is no file of the card's, or is not given. */
  readonly find: (address: string) => string | null;
  readonly release: () => void;
};

/** Bytes become URLs of the frame's own, once each: it may not load those that the page makes. */
export function mediaUrls(media: Media): MediaUrls {
  const byName = new Map(Object.entries(media).map(([name, given]) => [name.normalize('NFC'), given]));
  const made = new Map<string, string>();

  function urlOf(name: string, given: FrameMedia): string {
    if ('url' in given) return given.url;
    const url = made.get(name) ?? URL.createObjectURL(new Blob([given.bytes], { type: given.type }));
    made.set(name, url);
    return url;
  }

  return {
    find: (address) => {
      const name = mediaName(address);
      const given = name === null ? undefined : byName.get(name);
      return name === null || given === undefined ? null : urlOf(name, given);
    },
    release: () => {
      for (const url of made.values()) URL.revokeObjectURL(url);
      made.clear();
    },
  };
}
