import type { NewNote } from './anki-collection.ts';
import { CLOZE, FORMULA, IMAGE_OCCLUSION, JAPANESE, SCRIPTED, TYPED, TYPED_CLOZE, VERB } from './anki-sample-types.ts';

/** Spanish, English, an example. */
export const WORDS: readonly (readonly [string, string, string?])[] = [
  ['la mano', 'hand', 'Dame la mano.'],
  ['el agua', 'water', 'Un vaso de agua, por favor.'],
  ['la ventana', 'window'],
  ['el pan', 'bread', 'El pan está recién hecho.'],
  ['la calle', 'street'],
  ['el cielo', 'sky; heaven'],
  ['la llave', 'key', 'He perdido la llave.'],
  ['el puente', 'bridge'],
  ['la leche', 'milk'],
  ['el árbol', 'tree', 'Un árbol muy viejo.'],
  ['la cuchara', 'spoon'],
  ['el zapato', 'shoe'],
  ['la nube', 'cloud'],
  ['el invierno', 'winter', 'El invierno fue largo.'],
  ['la estrella', 'star'],
  ['el sueño', 'dream; sleep'],
  ['la escalera', 'stairs; ladder'],
  ['el espejo', 'mirror'],
  ['la sombra', 'shadow; shade'],
  ['el vecino', 'neighbour', 'Mi vecino toca el piano.'],
  ['la huella', 'footprint; trace'],
  ['el reloj', 'clock; watch'],
  ['la orilla', 'shore; edge'],
  ['el ruido', 'noise'],
  ['la semilla', 'seed'],
  ['el hombro', 'shoulder'],
  ['la cosecha', 'harvest'],
  ['el relámpago', 'lightning'],
  ['la madrugada', 'small hours', 'Llegaron de madrugada.'],
  ['el alba', 'dawn'],
];

export const PICTURED: ReadonlyMap<string, string> = new Map([
  ['el cielo', 'cielo.png'],
  ['el árbol', 'un árbol & más.png'],
]);

const VERBS: readonly (readonly [string, string, string])[] = [
  ['soler', 'to be used to (doing)', 'suelo, sueles, suele …'],
  ['caber', 'to fit', 'irregular: quepo'],
  ['echar de menos', 'to miss (somebody)', 'literally: to throw of less'],
];

/** One note for each thing that a card can be made of. All are due unless they are told to be new. */
export const RICH_NOTES: readonly NewNote[] = [
  ...VERBS.map(([Infinitive, Meaning, Hint]) => ({
    deck: 'Spanish::Verbs',
    noteType: VERB,
    fields: { Infinitive, Meaning, Hint },
  })),
  {
    deck: 'Spanish::Verbs',
    noteType: CLOZE,
    fields: { Text: 'Ayer {{c1::fui::ir}} al mercado y {{c2::compré::comprar}} naranjas.', 'Back Extra': 'pretérito' },
    standing: { as: 'review', intervalDays: 6 },
  },
  {
    deck: 'Japanese',
    noteType: JAPANESE,
    fields: { Expression: '日本語[にほんご]', Meaning: 'the Japanese language', Audio: '[sound:nihongo.mp3]' },
    tags: ['av:front=ja-JP', 'av:back=en-US'],
    standing: { as: 'review', intervalDays: 12 },
  },
  {
    deck: 'Japanese',
    noteType: JAPANESE,
    fields: { Expression: '食[た]べる', Meaning: 'to eat', Audio: '' },
    tags: ['av:front=ja-JP'],
    standing: { as: 'review', intervalDays: 9 },
  },
  {
    deck: 'Science',
    noteType: FORMULA,
    fields: {
      Question: 'What does Euler’s identity say?',
      Formula: '\\[ e^{i\\pi} + 1 = 0 \\] the special case \\(x = \\pi\\) of \\(e^{ix} = \\cos x + i \\sin x\\)',
    },
    standing: { as: 'review', intervalDays: 30 },
  },
  {
    deck: 'Science',
    noteType: FORMULA,
    fields: { Question: 'Burn methane: \\(\\ce{CH4 + 2 O2 -> ?}\\)', Formula: '\\(\\ce{CO2 + 2 H2O}\\)' },
    standing: { as: 'review', intervalDays: 14 },
  },
  {
    deck: 'Science',
    noteType: TYPED_CLOZE,
    fields: { Text: 'Water boils at {{c1::100 °C}} at sea level.', 'Back Extra': '' },
    standing: { as: 'review', intervalDays: 20 },
  },
  {
    deck: 'Science',
    noteType: IMAGE_OCCLUSION,
    fields: {
      Occlusion:
        '{{c1::image-occlusion:rect:left=.08:top=.12:width=.34:height=.3:oi=1}}<br>{{c2::image-occlusion:ellipse:left=.55:top=.5:rx=.16:ry=.2:oi=1}}<br>',
      Image: '<img src="planets.png">',
      Header: 'Which planet is under the mask?',
      'Back Extra': 'Not to scale',
    },
    standing: { as: 'review', intervalDays: 8 },
  },
  {
    deck: 'French',
    noteType: TYPED,
    fields: { Front: 'summer <img src="été.png">', Back: 'l’été' },
    standing: { as: 'review', intervalDays: 5 },
  },
  {
    deck: 'French',
    noteType: SCRIPTED,
    fields: { Question: 'Put the days in order', Items: '<li>lundi</li><li>mardi</li><li>mercredi</li>' },
    standing: { as: 'review', intervalDays: 7 },
  },
];
