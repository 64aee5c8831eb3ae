import { shortText } from '#lib/domain/short-text.ts';
import { field, listOf, nameOf } from './nft-match.ts';
import type { Rule } from './nft-ruleset.ts';

/** A rule nearly as nft itself writes it, with where it stands, at most 200 characters. */
export function ruleText({ family, table, chain, comment, expr }: Rule): string {
  const statements = expr.map(statementText).filter((text) => text !== '');
  const note = comment === undefined ? [] : [`"${comment}"`];
  return shortText(`${family} ${table} ${chain}: ${[...statements, ...note].join(' ')}`);
}

function statementText(statement: unknown): string {
  const [name = ''] = Object.keys(Object(statement));
  const value = field(statement, name);
  switch (name) {
    case 'counter':
    case 'log':
      return '';
    case 'match':
      return matchText(value);
    case 'jump':
    case 'goto':
      return `${name} ${field(value, 'target')}`;
    case 'xt':
      return `xt ${field(value, 'type')} ${field(value, 'name')}`;
    case 'vmap':
      return `${nameOf(field(value, 'key'))} vmap …`;
    default:
      return name;
  }
}

function matchText(match: unknown): string {
  const op = field(match, 'op');
  const name = nameOf(field(match, 'left')).replace(/^meta (?=iif|oif)/, '') || '…';
  return [name, ...(op === '==' || op === 'in' ? [] : [`${op}`]), valueText(field(match, 'right'))].join(' ');
}

/** Values hold values, but not deeply. */
function valueText(value: unknown, depth = 0): string {
  const inner = (each: unknown) => (depth > 4 ? '…' : valueText(each, depth + 1));
  if (typeof value === 'string' || typeof value === 'number') return `${value}`;
  const [set, range, prefix] = [field(value, 'set'), field(value, 'range'), field(value, 'prefix')];
  if (range !== undefined) return listOf(range).map(inner).join('-');
  if (prefix !== undefined) return `${field(prefix, 'addr')}/${field(prefix, 'len')}`;
  if (Array.isArray(value)) return value.slice(0, 8).map(inner).join(',');
  return set === undefined ? '…' : `{ ${listOf(set).slice(0, 8).map(inner).join(', ')} }`;
}
