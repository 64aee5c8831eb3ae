import { ankiRows, cardRows } from './anki.ts';
import { absentRows, bindingRows } from './binding.ts';
import { frontRows } from './fronts.ts';
import { answerRows, stuckRows } from './holder.ts';
import { hostileTools } from './hostile.ts';
import { cutRows, firewallRows, phoneRows } from './phone.ts';
import { launchedRows, serviceRows } from './service.ts';
import { nameRows, outageRows } from './tailnet.ts';

// Side by side in one file, because they mostly wait: each section has machines of its own. The longest come first.
answerRows();
stuckRows();
cutRows();
firewallRows();
hostileTools();
outageRows();
absentRows();
bindingRows();
cardRows();
serviceRows();
launchedRows();
ankiRows();
nameRows();
frontRows();
phoneRows();
