// Lays out what browsers get (lib/govuk, lib/moj, designer) from node_modules, and leaves out what they never ask for.
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const [modules, target] = process.argv.slice(2);
const govuk = join(modules, 'govuk-frontend/dist/govuk');
const moj = join(modules, '@ministryofjustice/frontend/moj');
const studio = join(modules, '@elsa-workflows/elsa-studio-wasm');

// The crown and the GDS Transport font are licensed to gov.uk alone, so neither the files nor a rule asking for them may ship.
function withoutGovUkBrand(css) {
  return css
    .replaceAll(/@font-face\{[^}]*GDS Transport[^}]*\}/g, '')
    .replaceAll(/"?GDS Transport"?,\s*/g, '')
    .replaceAll(/url\([^)]*govuk-crest[^)]*\)/g, 'none');
}

function text(from, to, change = (content) => content) {
  const content = readFileSync(from, 'utf8').replace(/\n?\/[/*]# sourceMappingURL=.*$/, '');
  writeFileSync(join(target, to), change(content));
}

rmSync(target, { recursive: true, force: true });
mkdirSync(join(target, 'lib/govuk'), { recursive: true });
mkdirSync(join(target, 'lib/moj/images'), { recursive: true });

text(join(govuk, 'govuk-frontend.min.css'), 'lib/govuk/govuk-frontend.min.css', withoutGovUkBrand);
text(join(govuk, 'govuk-frontend.min.js'), 'lib/govuk/govuk-frontend.min.js');
text(join(moj, 'moj-frontend.min.css'), 'lib/moj/moj-frontend.min.css', (css) =>
  withoutGovUkBrand(css).replaceAll('/assets/images/', '/lib/moj/images/'));
text(join(moj, 'moj-frontend.min.js'), 'lib/moj/moj-frontend.min.js');
cpSync(join(moj, 'assets/images'), join(target, 'lib/moj/images'), {
  recursive: true,
  filter: (path) => !/crown|touch-icon|logotype/.test(path),
});
cpSync(join(dirname(fileURLToPath(import.meta.url)), 'assize'), join(target, 'lib/assize'), { recursive: true });
cpSync(studio, join(target, 'designer'), {
  recursive: true,
  filter: (path) => !/\.(map|gz)$|[/\\](index\.html|package\.json)$/.test(path),
});
