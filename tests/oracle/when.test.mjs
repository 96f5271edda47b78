// Dates and times against three other programs: luxon reckons what was meant by a phrase, chrono-node
// reads the phrase itself, GNU date reads it where it can, and reckons days where it cannot.
//
// All phrases of a grammar, said at moments over five years in twelve zones.  Every difference must be
// one of those explained below; luxon, which is told what was meant, must agree without exception.

import assert from 'node:assert/strict';
import { havePackages, programPath, requirePackage, systemProgram } from '../e2e/lib/paths.mjs';
import { reachable, run } from '../e2e/lib/process.mjs';
import { random } from '../e2e/lib/suite.mjs';
import { diagnose, finish, skipAll, test } from '../e2e/lib/tap.mjs';

if (!havePackages('luxon', 'chrono-node')) skipAll('needs luxon and chrono-node: run "npm ci" in tests/');
const { DateTime } = requirePackage('luxon');
const chrono = requirePackage('chrono-node');

const ZONES = [
  'America/Los_Angeles', 'America/Denver', 'America/Phoenix', 'America/Chicago', 'America/New_York', 'America/St_Johns',
  'Europe/London', 'Europe/Berlin', 'Asia/Kolkata', 'Australia/Adelaide', 'Australia/Lord_Howe', 'Pacific/Auckland',
];
const YEARS = [2026, 2027, 2028, 2029, 2030];
const NOWS = Number(process.env.ORACLE_NOWS || 20); // moments in each year and zone

// ---- what is said, and what is meant by it ---------------------------------------------------

const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];
const ordinal = (n) => `${n}${n % 10 === 1 && n !== 11 ? 'st' : n % 10 === 2 && n !== 12 ? 'nd' : n % 10 === 3 && n !== 13 ? 'rd' : 'th'}`;
const iso = (day) => day.toFormat('yyyy-MM-dd');

function weekdayAfter(today, weekday) {
  let day = today.plus({ days: 1 });
  while (day.weekday !== weekday) day = day.plus({ days: 1 });
  return day;
}

// {text, day, gnu}: gnu is how GNU date says the same day, if it can.  rnd chooses.
const DAYS = [
  (today) => ({ text: 'today', day: today, gnu: iso(today) }),
  (today) => ({ text: 'tomorrow', day: today.plus({ days: 1 }), gnu: `${iso(today)} 1 day` }),
  (today) => ({ text: 'the day after tomorrow', day: today.plus({ days: 2 }), gnu: `${iso(today)} 2 days` }),
  (today, rnd) => { const n = 3 + Math.floor(rnd() * 40); return { text: `in ${n} days`, day: today.plus({ days: n }), gnu: `${iso(today)} ${n} days` }; },
  (today, rnd) => { const n = 2 + Math.floor(rnd() * 6); return { text: `in ${n} weeks`, day: today.plus({ weeks: n }), gnu: `${iso(today)} ${n} weeks` }; },
  (today, rnd) => { const w = 1 + Math.floor(rnd() * 7); return { text: `on ${WEEKDAYS[w - 1]}`, day: weekdayAfter(today, w) }; },
  (today, rnd) => { const w = 1 + Math.floor(rnd() * 7); return { text: `a week from ${WEEKDAYS[w - 1]}`, day: weekdayAfter(today, w).plus({ days: 7 }) }; },
  (today, rnd) => { const w = 1 + Math.floor(rnd() * 7); return { text: `${WEEKDAYS[w - 1]} next week`, day: today.startOf('week').plus({ days: 6 + w }) }; },
  (today, rnd) => {
    const n = 1 + Math.floor(rnd() * 28);
    return { text: `on the ${ordinal(n)}`, day: n < today.day ? today.plus({ months: 1 }).set({ day: n }) : today.set({ day: n }) };
  },
  (today, rnd) => {
    const day = today.plus({ days: Math.floor(rnd() * 360) });
    return { text: day.toFormat('MMMM d'), day, gnu: iso(day) };
  },
  (today, rnd) => { const day = today.plus({ days: Math.floor(rnd() * 1500) }); return { text: day.toFormat('MMMM d, yyyy'), day, gnu: day.toFormat('MMMM d, yyyy') }; },
  (today, rnd) => { const day = today.plus({ days: Math.floor(rnd() * 1500) }); return { text: day.toFormat('d MMMM yyyy'), day, gnu: day.toFormat('d MMMM yyyy') }; },
  (today, rnd) => { const day = today.plus({ days: Math.floor(rnd() * 1500) }); return { text: day.toFormat('M/d/yyyy'), day, gnu: day.toFormat('M/d/yyyy') }; },
  (today, rnd) => { const day = today.plus({ days: Math.floor(rnd() * 1500) }); return { text: iso(day), day, gnu: iso(day) }; },
];

// [what is said, hour, minute, GNU date's form]
const TIMES = [
  ['at 2pm', 14, 0, '2pm'], ['at 9:30 am', 9, 30, '9:30 am'], ['at 12:30 am', 0, 30, '12:30 am'], ['at 2:30 am', 2, 30, '2:30 am'],
  ['at 1:45 am', 1, 45, '1:45 am'], ['at 14:05', 14, 5, '14:05'], ['at 02:15', 2, 15, '02:15'], ['at noon', 12, 0, '12:00'],
  ['at 2', 14, 0], ['at 8', 8, 0], ['at 6:30', 18, 30], ['at 11:15', 11, 15], ['at 12', 12, 0],
  ['at seven in the evening', 19, 0], ['at half past four', 16, 30], ['at quarter to five', 16, 45], ['at ten in the morning', 10, 0],
];

function phrasesAt(now, rnd) {
  const today = now.startOf('day');
  const list = DAYS.map((make) => {
    const said = make(today, rnd);
    const [time, hour, minute, gnuTime] = TIMES[Math.floor(rnd() * TIMES.length)];
    const gnu = said.gnu && gnuTime ? `${said.gnu.replace(/^(\S+)( \d+ \w+)$/, `$1 ${gnuTime}$2`)}${/ \d+ (day|week)s?$/.test(said.gnu) ? '' : ` ${gnuTime}`}` : null;
    return { text: `${said.text} ${time}`, meant: { ...said.day.toObject(), hour, minute }, gnu, time };
  });
  const hours = 1 + Math.floor(rnd() * 60);
  list.push({ text: `in ${hours} hours`, elapsed: hours, gnu: `${now.toUTC().toFormat('yyyy-MM-dd HH:mm')} UTC ${hours} hours`, time: '' });
  return list;
}

// Around the changes of the clocks, month and year ends, leap days, and anywhere.
function momentsOf(year, zone, rnd) {
  const fixed = [[3, 7], [3, 13], [3, 27], [4, 3], [9, 26], [10, 3], [10, 24], [10, 31], [12, 30], [2, 27]];
  return Array.from({ length: NOWS }, () => {
    const [month, day] = rnd() < 0.6 ? fixed[Math.floor(rnd() * fixed.length)] : [1 + Math.floor(rnd() * 12), 1 + Math.floor(rnd() * 28)];
    return DateTime.fromObject({ year, month, day, hour: 7 + Math.floor(rnd() * 12), minute: Math.floor(rnd() * 60) }, { zone }).plus({ days: Math.floor(rnd() * 3) });
  });
}

function askedIn(zone) {
  const rnd = random(ZONES.indexOf(zone) + 1);
  return YEARS.flatMap((year) => momentsOf(year, zone, rnd)).flatMap((now) => phrasesAt(now, rnd).map((phrase) => ({ ...phrase, now, zone })));
}

// ---- the answers -----------------------------------------------------------------------------

const instantText = (milliseconds) => new Date(milliseconds).toISOString().replace('.000', '');

// What the rules make of a civil time: the clocks skip it, show it twice, or it is over.
function settled(civil, { zone, now }) {
  const at = DateTime.fromObject({ ...civil, second: 0, millisecond: 0 }, { zone });
  if (!at.isValid) return 'invalid';
  if (at.hour !== civil.hour || at.minute !== civil.minute) return 'invalid';
  const possible = at.getPossibleOffsets().filter((one, i, all) => i === 0 || +one !== +all[0]);
  if (possible.every((one) => +one <= +now)) return 'past';
  return possible.length > 1 ? 'ask' : instantText(+at);
}

function luxonAnswer(asked) {
  if (asked.elapsed) return instantText(+asked.now + asked.elapsed * 3600000);
  return settled(asked.meant, asked);
}

// chrono-node knows no zones: it reads wall clocks, in the UTC that this process is set to.
process.env.TZ = 'UTC';
function chronoAnswer(asked) {
  const wall = new Date(Date.UTC(asked.now.year, asked.now.month - 1, asked.now.day, asked.now.hour, asked.now.minute));
  const [found] = chrono.casual.parse(asked.text, wall, { forwardDate: true });
  if (!found || found.text.length < asked.text.replace(/^(on|the|at) /, '').length - 4 || !found.start.isCertain('hour')) return null;
  if (asked.elapsed) return instantText(+asked.now + (+found.date() - +wall));
  const part = (name) => found.start.get(name);
  return settled({ year: part('year'), month: part('month'), day: part('day'), hour: part('hour'), minute: part('minute') }, asked);
}

function gnuAnswers(all, zone) {
  const date = systemProgram('date');
  const readable = all.filter((asked) => asked.gnu);
  const result = run(date, ['-f', '-', '+%s'], { input: `${readable.map((asked) => asked.gnu).join('\n')}\n`, env: { TZ: zone } });
  const refused = new Set([...result.stderr.matchAll(/invalid date ['‘](.*)['’]$/gm)].map((match) => match[1]));
  const seconds = result.stdout.split('\n').slice(0, -1);
  const accepted = readable.filter((asked) => !refused.has(asked.gnu));
  assert.equal(seconds.length, accepted.length, result.stderr.slice(0, 500));
  const answers = new Map(readable.map((asked) => [asked, 'invalid']));
  accepted.forEach((asked, i) => answers.set(asked, Number(seconds[i]) * 1000 <= +asked.now ? 'past' : instantText(Number(seconds[i]) * 1000)));
  return answers;
}

// ---- the differences -------------------------------------------------------------------------

const bare = (asked) => /^at (\d{1,2}|\d:\d\d)$/.test(asked.time) || /half past|quarter to/.test(asked.time);
const EXPLAINED = {
  chrono: [
    ['a bare hour from 1 to 7 is in the afternoon: chrono takes it for the morning', (asked) => bare(asked) && asked.meant.hour > 12],
    ['"Friday" is the first after today: chrono says today on a Friday', (asked) => /^on \w+day/.test(asked.text) && asked.now.toFormat('EEEE') === asked.text.split(' ')[1]],
    ['what is over is said to be: chrono moves it to tomorrow or next year', (asked, ours) => ours === 'past'],
  ],
  gnu: [
    ['a time that comes twice is asked about: date takes one of them', (asked, ours) => ours === 'ask'],
    ['a time that clocks skip is no time: date takes it for an hour later where it counts days', (asked, ours) => ours === 'invalid' && / \d+ (day|week)s?$/.test(asked.gnu)],
    ['date refuses a time that clocks skip on the day from which it counts', (asked, ours, theirs) => theirs === 'invalid' && / \d+ (day|week)s?$/.test(asked.gnu)],
  ],
  luxon: [],
};

function ourAnswers(all) {
  const input = all.map(({ text, now, zone }) => `${JSON.stringify({ text, now: instantText(+now), timezone: zone })}\n`).join('');
  const result = run(reachable(programPath('ai-realtor')), ['understand', 'when'], { input });
  assert.equal(result.status, 0, result.stderr);
  return result.stdout.split('\n').slice(0, -1).map((line) => JSON.parse(line)).map((answer) => answer.instant ?? Object.keys(answer)[0]);
}

const tally = Object.fromEntries(Object.keys(EXPLAINED).map((oracle) => [oracle, { compared: 0, agreed: 0, reasons: new Map(), faults: [] }]));

function compare(oracle, asked, ours, theirs) {
  const count = tally[oracle];
  if (theirs === null || theirs === undefined) return;
  count.compared++;
  if (ours === theirs) {
    count.agreed++;
    return;
  }
  const reason = EXPLAINED[oracle].find(([, applies]) => applies(asked, ours, theirs));
  if (reason) count.reasons.set(reason[0], (count.reasons.get(reason[0]) ?? 0) + 1);
  else count.faults.push(`"${asked.text}" at ${asked.now.toISO()} in ${asked.zone}: ${ours}, but ${oracle} ${theirs}`);
}

for (const zone of ZONES) {
  const all = askedIn(zone);
  const ours = ourAnswers(all);
  const gnu = gnuAnswers(all, zone);
  all.forEach((asked, i) => {
    compare('luxon', asked, ours[i], luxonAnswer(asked));
    compare('gnu', asked, ours[i], gnu.get(asked));
    compare('chrono', asked, ours[i], chronoAnswer(asked));
  });
}

for (const [oracle, { compared, agreed, reasons, faults }] of Object.entries(tally)) {
  await test(`${oracle} agrees about when, or it is explained why not`, () => {
    diagnose(`${oracle}: ${compared} compared, ${agreed} agree, ${faults.length} unexplained`);
    for (const [reason, count] of reasons) diagnose(`${count}: ${reason}`);
    assert.ok(compared > 1000, 'too few could be compared');
    assert.deepEqual(faults.slice(0, 20), []);
  });
}
finish();
