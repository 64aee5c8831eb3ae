// npm run docs: writes the documents that are made from the code.
import { writeFileSync } from 'node:fs';
import { DOCUMENT, tableDocument } from '#tests/support/table-document.ts';

writeFileSync(DOCUMENT, tableDocument());
