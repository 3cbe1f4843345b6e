// Signs in as a client that knows nothing of Assize, through an agency's own provider: node stranger-federation.mjs <issuer> <agency>
import assert from 'node:assert/strict';
import * as oidc from 'openid-client';

const [issuer, agency] = process.argv.slice(2);
const redirect = 'http://127.0.0.1:9/callback';
const client = await oidc.discovery(new URL(issuer), 'assize-demonstration', undefined, oidc.None(), { execute: [oidc.allowInsecureRequests] });
const verifier = oidc.randomPKCECodeVerifier();
const [state, nonce] = [oidc.randomState(), oidc.randomNonce()];
let next = oidc.buildAuthorizationUrl(client, {
  redirect_uri: redirect, scope: 'openid api', state, nonce, agency,
  code_challenge: await oidc.calculatePKCECodeChallenge(verifier), code_challenge_method: 'S256',
});

const jar = new Map();
for (let hops = 0; !next.href.startsWith(redirect); hops++) {
  assert.ok(hops < 16, `goes on and on, last to ${next}`);
  const answer = await fetch(next, { redirect: 'manual', headers: { cookie: [...jar].map((pair) => pair.join('=')).join('; ') } });
  for (const line of answer.headers.getSetCookie()) {
    const [name, value] = line.split(';')[0].split(/=(.*)/s);
    jar.set(name, value);
  }
  assert.ok(answer.headers.has('location'), `${next} answered ${answer.status}: ${await answer.text()}`);
  next = new URL(answer.headers.get('location'), next);
}

const tokens = await oidc.authorizationCodeGrant(client, next, { pkceCodeVerifier: verifier, expectedState: state, expectedNonce: nonce });
assert.equal(tokens.claims().agency, agency);
assert.ok(tokens.claims().sub.endsWith(`@${agency}`));
assert.equal((await oidc.fetchUserInfo(client, tokens.access_token, tokens.claims().sub)).agency, agency);
