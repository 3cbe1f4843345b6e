// Proves the tests of attacks: takes each defence of defences.json out of a copy of the sources, one at a time, and expects its test to fail there.
//   node tests/Identity.Tests/Attacks/without-defences.mjs [words that the attack contains …]
// Ends with 1 where a test stays green without its defence. The working tree is read and never changed; what is not committed does not count.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = execFileSync('git', ['rev-parse', '--show-toplevel'], { encoding: 'utf8' }).trim();
const copy = mkdtempSync(join(tmpdir(), 'without-defences-'));
const words = process.argv.slice(2);
const lines = JSON.parse(readFileSync(join(root, 'tests/Identity.Tests/Attacks/defences.json'), 'utf8'))
    .map(line => ({ project: 'Identity.Tests', ...line }))
    .filter(line => words.length === 0 || words.some(word => line.attack.includes(word)));

const dotnet = (...args) => spawnSync('dotnet', args, { cwd: copy, encoding: 'utf8', timeout: 600_000 });
const build = project => dotnet('build', `tests/${project}`, '-v', 'q', '--nologo', '-clp:NoSummary', '-p:RunAnalyzers=false');
const run = line => dotnet(`artifacts/bin/${line.project}/debug/Assize.${line.project}.dll`, '-noColor', '-noLogo', '-method', `*.${line.test}`);

function judge(line) {
    const file = join(copy, line.file), whole = readFileSync(file, 'utf8');
    if (whole.split(line.defence).length !== 2) return 'is not in the file';
    writeFileSync(file, whole.replace(line.defence, () => line.without));
    try {
        const built = build(line.project);
        if (built.status !== 0) return `does not build: ${built.stdout.split('\n').find(text => text.includes('error')) ?? built.stderr}`;
        const tested = run(line), counted = /Total: (\d+), Errors: (\d+), Failed: (\d+)/.exec(tested.stdout);
        return !counted || counted[1] === '0' ? `did not run: ${tested.stdout}${tested.stderr}` : counted[3] === '0' ? 'stays green' : null;
    } finally {
        writeFileSync(file, whole);
    }
}

let unproved = 0;
try {
    execFileSync('sh', ['-c', `git -C "${root}" archive HEAD | tar -x -C "${copy}"`]);
    for (const project of new Set(lines.map(line => line.project))) {
        const built = build(project);
        if (built.status !== 0) throw new Error(`${project} does not build: ${built.stdout}`);
    }
    for (const line of lines) {
        const why = judge(line);
        unproved += why ? 1 : 0;
        console.log(`${why ? 'NOT PROVED' : 'red       '}  ${line.attack}  [${line.test}]${why ? `: ${why}` : ''}`);
    }
} finally {
    rmSync(copy, { recursive: true, force: true });
}
console.log(`${lines.length - unproved} of ${lines.length} tests fail without their defence.`);
process.exit(unproved === 0 ? 0 : 1);
