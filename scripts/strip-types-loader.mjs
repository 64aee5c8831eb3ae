import { stripTypeScriptTypes } from 'node:module';

/** A webpack loader: TypeScript as Node itself reads it. @param {string} source @returns {string} */
export default function stripTypes(source) {
  return stripTypeScriptTypes(source);
}
