import { ankiRows } from './anki.ts';
import { bindingRows } from './binding.ts';
import { frontRows } from './fronts.ts';
import { holderRows } from './holder.ts';
import { hostileTools } from './hostile.ts';
import { firewallRows, phoneRows } from './phone.ts';
import { launchedRows, serviceRows } from './service.ts';
import { nameRows, outageRows } from './tailnet.ts';

// Side by side in one file, because they mostly wait: each section has a machine of its own.
bindingRows();
holderRows();
launchedRows();
serviceRows();
outageRows();
nameRows();
ankiRows();
frontRows();
phoneRows();
firewallRows();
hostileTools();
