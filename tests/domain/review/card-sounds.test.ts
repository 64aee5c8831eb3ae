import { describe, expect, test } from 'vitest';
import { hasSounds, looseSounds, soundsOf } from '#lib/domain/review/card-sounds.ts';
import { fc } from '#tests/support/fast-check.ts';

const FILLING = { fields: {}, ordinal: 0, deck: 'Spanish::Verbs', noteType: 'Basic', tags: [] };
const file = (name: string) => ({ kind: 'file', name });
const play = (side: 'q' | 'a', count: number) =>
  Array.from({ length: count }, (_, index) => `[anki:play:${side}:${index}]`).join('');

/** The question's sounds by this template, where Anki has put so many marks there. */
const onQuestion = (front: string, fields: Record<string, string>, marks: number) =>
  soundsOf({ question: play('q', marks), answer: '' }, { front, back: '' }, { ...FILLING, fields })?.question ?? null;

describe('the sounds of a side', () => {
  test('are those of its fields and of the template, in their order', () => {
    const fields = { Front: 'mano [sound:mano.mp3]', Example: '[sound:a b.ogg]' };
    expect(onQuestion('[sound:chime.wav] {{Front}} {{Example}}', fields, 3)).toEqual([
      file('chime.wav'),
      file('mano.mp3'),
      file('a b.ogg'),
    ]);
  });

  test('on the answer are not the front side’s, which keep their marks', () => {
    const sounds = soundsOf(
      { question: play('q', 1), answer: `${play('q', 1)}<hr id=answer>${play('a', 1)}` },
      { front: '{{Front}}', back: '{{FrontSide}}<hr id=answer>{{Back}}' },
      { ...FILLING, fields: { Front: '[sound:q.mp3]', Back: '[sound:a.mp3]' } },
    );
    expect(sounds).toEqual({ question: [file('q.mp3')], answer: [file('a.mp3')] });
  });

  test.each([
    ['{{#Audio}}{{Audio}}{{/Audio}}', { Audio: '[sound:x.mp3]' }, 1],
    ['{{#Audio}}{{Audio}}{{/Audio}}', { Audio: '<br> ' }, 0],
    ['{{^Audio}}[sound:none.mp3]{{/Audio}}', { Audio: '' }, 1],
    ['{{#A}}{{#B}}[sound:both.mp3]{{/B}}{{/A}}', { A: 'x', B: '' }, 0],
    ['{{#c1}}[sound:first.mp3]{{/c1}}{{#c2}}[sound:second.mp3]{{/c2}}', {}, 1],
    ['{{#Tags}}[sound:tagged.mp3]{{/Tags}}', {}, 0],
    ['<!-- {{Audio}} -->', { Audio: '[sound:x.mp3]' }, 0],
    ['{{hint:Audio}}{{text:Audio}}{{furigana:Audio}}', { Audio: '[sound:x.mp3]' }, 3],
    ['{{type:Audio}}', { Audio: '[sound:x.mp3]' }, 0],
    ['{{Nowhere}}', {}, 0],
  ])('%s with %j: %i', (front, fields, count) => {
    expect(onQuestion(front, fields, count)).toHaveLength(count);
  });

  test('speech is its plain text in its language, after the filters', () => {
    const fields = { Text: '{{c1::la <b>mano</b>::hand}} &amp; pie' };
    expect(onQuestion('{{tts es_ES voices=Apple_Monica speed=0.8:cloze:Text}}', fields, 1)).toEqual([
      { kind: 'speech', text: '[hand] & pie', lang: 'es-ES' },
    ]);
    expect(onQuestion('[anki:tts lang=ja_JP]かな[/anki:tts]', {}, 1)).toEqual([
      { kind: 'speech', text: 'かな', lang: 'ja-JP' },
    ]);
  });

  test('a sound inside a hidden cloze is heard on the answer only', () => {
    const fields = { Text: '{{c1::mano [sound:mano.mp3]}}' };
    const template = { front: '{{cloze:Text}}', back: '{{cloze:Text}}' };
    const sounds = soundsOf({ question: '[...]', answer: play('a', 1) }, template, { ...FILLING, fields });
    expect(sounds).toEqual({ question: [], answer: [file('mano.mp3')] });
  });

  test('names are without entities, and percent signs are their own', () => {
    expect(onQuestion('{{F}}', { F: '[sound:a&amp;b 50%25.mp3]' }, 1)).toEqual([file('a&b 50%25.mp3')]);
  });
});

describe('nobody guesses', () => {
  test('fewer or more sounds than marks: none is told', () => {
    expect(onQuestion('{{F}}', { F: '[sound:a.mp3]' }, 2)).toBeNull();
    expect(onQuestion('{{F}}', { F: '[sound:a.mp3][sound:b.mp3]' }, 1)).toBeNull();
  });
  test('no template: none is told, unless there is nothing to play', () => {
    expect(soundsOf({ question: play('q', 1), answer: '' }, null, FILLING)).toBeNull();
    expect(soundsOf({ question: 'mano', answer: 'hand' }, null, FILLING)).toEqual({ question: [], answer: [] });
  });
});

test('a front side’s marks on the answer are no sounds of the answer', () => {
  expect(hasSounds({ question: 'mano', answer: 'hand' })).toBe(false);
  expect(hasSounds({ question: play('q', 1), answer: '' })).toBe(true);
  expect(hasSounds({ question: '', answer: play('q', 1) })).toBe(false);
});

test('the loose sounds of a note are each there once', () => {
  expect(looseSounds({ A: '[sound:a.mp3] [sound:b.mp3]', B: '[sound:a.mp3]', C: '[sound:../x]' })).toEqual([
    'a.mp3',
    'b.mp3',
  ]);
});

test.each(['[sound:', '[anki:tts a]', '[anki:tts ', '[anki:tts a][sound:x', '[', '{{c1::', '{{F'])(
  'a field of nothing but %j keeps nobody waiting',
  (piece) => {
    const F = piece.repeat(Math.ceil(600_000 / piece.length));
    const startedAt = performance.now();
    looseSounds({ F });
    onQuestion('{{F}}{{cloze:F}}', { F }, 1);
    expect(performance.now() - startedAt).toBeLessThan(10_000);
  },
);

test('whatever stands in templates and fields, there are as many sounds as marks or none is told', () => {
  const piece = fc.constantFrom(
    ...['{{#F}}', '{{/F}}', '{{^F}}', '{{F}}', '{{cloze:F}}', '{{tts en_US:F}}', '[sound:x.mp3]', '[sound:', ']', '{{'],
    ...['[anki:tts lang=en]', '[/anki:tts]', '<!--', '-->', '}}', 'a', '{{FrontSide}}', '[anki:play:q:0]'],
  );
  const text = fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join(''));
  fc.assert(
    fc.property(text, text, text, fc.nat(4), fc.nat(4), (front, back, F, questions, answers) => {
      const sides = { question: play('q', questions), answer: play('a', answers) };
      const sounds = soundsOf(sides, { front, back }, { ...FILLING, fields: { F } });
      if (sounds !== null) expect([sounds.question.length, sounds.answer.length]).toEqual([questions, answers]);
    }),
  );
});
