import { arch, hostname, release, type, userInfo } from 'node:os';
import type { DiagnosisReport } from '#lib/contract/diagnosis-report.ts';
import type { IncidentView } from '#lib/contract/history.ts';
import { describeFacts } from '#lib/domain/evidence.ts';
import type { AppCode, Facts } from '#lib/domain/facts.ts';
import type { LadderFacts } from '#lib/domain/ladder.ts';
import { ladderOf } from '#lib/domain/ladder-of.ts';
import { masker } from '#lib/domain/mask.ts';
import type { PhoneView } from '#lib/domain/phone-sample.ts';
import { redact } from '#lib/domain/redact.ts';
import { DAY } from '#lib/domain/time.ts';
import { readPhoneView } from './phone-view.ts';
import { incidentStories } from './read-incidents.ts';
import { viewOf } from './read-status.ts';
import { reportText } from './report-text.ts';
import type { Services } from './services.ts';

export type DiagnosisAsk = {
  /** What the person says that their phone app shows; null when they did not say. */
  readonly app: AppCode | null;
  /** The tailnet address of the phone that asks; null when it is this machine. */
  readonly askedFrom: string | null;
  /** Whether names, addresses and logins give way to placeholders. */
  readonly isMasked: boolean;
};

type Needs = Pick<Services, 'monitor' | 'store' | 'now' | 'version' | 'phoneWays' | 'phones'>;
type Clean = (text: string) => string;

const INCIDENT_WITHIN_MS = 30 * DAY;

/** A deep look now, with all that it saw. No secret is in its texts, whoever wrote them. Takes some seconds. */
export async function readDiagnosis(services: Needs, asked: DiagnosisAsk): Promise<DiagnosisReport> {
  const { report } = await look(services, asked);
  return report;
}

/** The same as text to be pasted where one asks for help, with the last incident of 30 days. */
export async function readReport(services: Needs, asked: DiagnosisAsk): Promise<string> {
  const { report, clean } = await look(services, asked);
  const incident = await lastIncident(services);
  return reportText({
    report,
    version: services.version,
    system: `${type()} ${release()} (${arch()}), Node ${process.versions.node}`,
    incident: incident === null ? null : cleanIncident(incident, clean),
  });
}

async function look(services: Needs, { app, askedFrom, isMasked }: DiagnosisAsk) {
  const { monitor, now } = services;
  const asker = await askerOf(services, askedFrom);
  const phoneView = await phoneViewOf(services, asker.node ?? null);
  const { diagnosis, facts, blind, around } = await monitor.lookDeep({ app, askedFrom, phoneView });
  const servedAt = now();
  const mask = isMasked ? masker(namesIn(facts, asker.node)) : (text: string) => text;
  const clean: Clean = (text) => mask(redact(text));
  const report: DiagnosisReport = {
    servedAt,
    app,
    diagnosis: cleanDiagnosis(viewOf(diagnosis), clean),
    ladder: ladderOf({ cause: diagnosis.cause, facts, around, askedFrom, asker, now: servedAt }).map((rung) => ({
      ...rung,
      detail: clean(rung.detail),
    })),
    facts: describeFacts(facts, around).map((fact) => ({ ...fact, text: clean(fact.text) })),
    blind: blind.map((each) => ({ ...each, detail: clean(each.detail) })),
  };
  return { report, clean };
}

async function askerOf({ phoneWays }: Needs, address: string | null): Promise<NonNullable<LadderFacts['asker']>> {
  const way = address === null ? null : await phoneWays.glance(address);
  return way !== null && 'told' in way ? way.told : {};
}

function phoneViewOf({ phones, store, monitor, now }: Needs, node: string | null): Promise<PhoneView | null> {
  const { measuredUntil } = monitor.snapshot();
  return readPhoneView({ phones, store, measuredUntil, now: now() }, node);
}

/** The names by which somebody could be found, as far as we know them; addresses and logins are told by their form. */
function namesIn({ name, tailscale, phone, phoneView }: Facts, asker: string | undefined): readonly string[] {
  const { dnsName = '', login = null } = tailscale?.value ?? {};
  const machine = hostname();
  const [node = '', tailnet = ''] = dnsName.split('.');
  const named = [
    dnsName,
    node,
    tailnet,
    login,
    phone?.value.node,
    phoneView?.value.node,
    asker,
    machine,
    machine.split('.')[0],
    userName(),
  ];
  const asked = new URL(name.target.url).hostname;
  const isName = /[a-z]/i.test(asked) && !asked.startsWith('[') && asked !== 'localhost';
  return [...named, isName ? asked : null].filter((each) => each != null && each !== 'localhost').map(String);
}

/** There may be no such user any more, as in a container. */
function userName(): string | null {
  try {
    return userInfo().username;
  } catch {
    return null;
  }
}

const cleanDiagnosis = (diagnosis: DiagnosisReport['diagnosis'], clean: Clean): DiagnosisReport['diagnosis'] => ({
  ...diagnosis,
  story: diagnosis.story === null ? null : clean(diagnosis.story),
  headline: clean(diagnosis.headline),
  explanation: clean(diagnosis.explanation),
  evidence: diagnosis.evidence.map((each) => ({ ...each, text: clean(each.text) })),
  remedies: diagnosis.remedies.map(({ label, os, command }) => ({
    label: clean(label),
    os,
    command: command === null ? null : clean(command),
  })),
});

/** Of an incident the report shows headlines, which are ours, its stories and the commands that were run. */
const cleanIncident = (incident: IncidentView, clean: Clean): IncidentView => ({
  ...incident,
  notes: incident.notes.map((note) =>
    note.kind === 'remedy'
      ? { ...note, command: clean(note.command) }
      : { ...note, story: note.story === null ? null : clean(note.story) },
  ),
});

/** A history that cannot be read leaves the report without its incident. */
async function lastIncident({ store, monitor, now }: Needs): Promise<IncidentView | null> {
  const to = now();
  const { measuredUntil } = monitor.snapshot();
  const told = await incidentStories(store, { from: to - INCIDENT_WITHIN_MS, to, measuredUntil }).catch(() => []);
  return told[0] ?? null;
}
