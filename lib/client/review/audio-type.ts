/** What Anki's sound files hold, by the end of their name; a film is played for its sound. */
const TYPES: Readonly<Record<string, string>> = {
  mp3: 'audio/mpeg',
  m4a: 'audio/mp4',
  mp4: 'video/mp4',
  aac: 'audio/aac',
  wav: 'audio/wav',
  flac: 'audio/flac',
  ogg: 'audio/ogg; codecs="vorbis"',
  oga: 'audio/ogg; codecs="vorbis"',
  opus: 'audio/ogg; codecs="opus"',
  spx: 'audio/ogg; codecs="speex"',
  ogv: 'video/ogg',
  webm: 'video/webm',
  mkv: 'video/x-matroska',
  avi: 'video/x-msvideo',
  '3gp': 'audio/3gpp',
};

const endOf = (name: string): string => /\.([^.]+)$/.exec(name)?.[1]?.toLowerCase() ?? '';

/** Why a file cannot be played, as a sentence; null where it may be. `canPlay` is the element's `canPlayType`. */
export function whyUnplayable(name: string, canPlay: (type: string) => string): string | null {
  const type = TYPES[endOf(name)];
  if (type === undefined || canPlay(type) !== '') return null;
  return `This browser cannot play .${endOf(name)} files: “${name}” stays silent.`;
}
