import { bindingRows } from './binding.ts';

// Side by side in one file, because they mostly wait: each section has a machine of its own.
bindingRows();
