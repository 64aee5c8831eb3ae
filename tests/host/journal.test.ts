import { describe, expect, test, vi } from 'vitest';
import { journalLog } from '#lib/host/journal.ts';
import { scriptedPath } from '#tests/support/scripted-path.ts';

const entry = (message: unknown, seconds: number) =>
  JSON.stringify({
    __CURSOR: 's=1',
    __REALTIME_TIMESTAMP: `${1_788_256_800 + seconds}000001`,
    _BOOT_ID: '1',
    MESSAGE: message,
  });
const printing = (...lines: readonly string[]) =>
  scriptedPath({
    journalctl: `[ "$1 $2 $3" = "--user --unit anki-voice.service" ] || exit 1\ncat <<'END'\n${lines.join('\n')}\nEND`,
  });

describe('the journal of a unit', () => {
  test('is told like the tail of a file, with the time of its last entry', async () => {
    await printing(
      entry('Traceback (most recent call last):', 0),
      entry('  File "app/main.py", line 1, in <module>', 0),
      entry("ModuleNotFoundError: No module named 'fastapi'", 1),
      entry('anki-voice.service: Main process exited, code=exited, status=1/FAILURE', 2),
    );
    expect(await journalLog('anki-voice')).toEqual({
      told: {
        path: 'journalctl --user -u anki-voice.service',
        writtenAt: 1_788_256_802_000,
        lines: [
          'Traceback (most recent call last):',
          '  File "app/main.py", line 1, in <module>',
          "ModuleNotFoundError: No module named 'fastapi'",
          'anki-voice.service: Main process exited, code=exited, status=1/FAILURE',
        ],
        error: "ModuleNotFoundError: No module named 'fastapi'",
      },
    });
  });

  test('may hold bytes for text, nothing for a long one, and lines that are no entries', async () => {
    await printing(
      entry([...Buffer.from('\x1b[1mfür')], 0),
      entry(null, 1),
      '{',
      '[]',
      '{"MESSAGE":1}',
      entry('API_KEY=PLANTED', 2),
    );
    const tail = await journalLog('anki-voice.service');
    expect(tail).toMatchObject({ told: { lines: ['für', expect.stringContaining('API_KEY=')] } });
    expect(JSON.stringify(tail)).not.toContain('PLANTED');
  });

  test.each([
    ['no entries', 'exit 0', 'not-here'],
    [
      'no right to read it',
      'echo "No journal files were opened due to insufficient permissions." >&2; exit 1',
      'not-permitted',
    ],
    ['100 MB', 'head -c 100000000 /dev/zero', 'unreadable'],
    ['silence', 'sleep 600', 'silent'],
  ])('with %s tells nothing', async (_, lines, why) => {
    await scriptedPath({ journalctl: lines });
    expect(await journalLog('anki-voice')).toMatchObject({ why });
  });

  test('is not there without journald', async () => {
    vi.stubEnv('PATH', '/nowhere');
    expect(await journalLog('anki-voice')).toMatchObject({ why: 'not-installed' });
    vi.unstubAllEnvs();
  });
});
