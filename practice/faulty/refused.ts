import { badSignature, missingSignature } from '../check.ts'
import * as errors from '../errors.ts'
import * as quotas from '../quotas.ts'
import { type Behaviour, refuse } from './behaviour.ts'

const page = (status: number, html: string): Behaviour => ({ kind: 'page', status, html })

/** Errors: of the key, the request, the quota, the service, and of proxies and login pages in front of it. */
export const REFUSALS = {
  '400-key': refuse(errors.invalidKey),
  'expired-key': refuse(errors.expiredKey),
  '401': refuse(errors.unauthenticated),
  'no-key': refuse(errors.unregistered),
  '403': refuse(errors.permissionDenied),
  'leaked-key': refuse(errors.leakedKey),
  'api-off': refuse(errors.apiOff),
  location: refuse(errors.location),
  'free-tier': refuse(errors.freeTier),
  '404': refuse(({ model, version }) => errors.modelNotFound(model.id, version)),
  'too-large': refuse(() => errors.tooLarge(100 * 1024 * 1024)),
  '413': page(413, '<html><head><title>413 Request Entity Too Large</title></head><body>413</body></html>'),
  'bad-image': refuse(errors.badImage),
  'invalid-image': refuse(() => errors.invalidArgument('Provided image is not valid.')),
  '400-bare': refuse(() => errors.invalidArgument('Request contains an invalid argument.')),
  setting: refuse(({ model }) =>
    errors.invalidArgument(errors.mustBeOneOf('generation_config.image_config.aspect_ratio', model.ratios)),
  ),
  field: refuse(() =>
    errors.invalidArgument(
      'Invalid JSON payload received. Unknown name "imageConfig" at \'generation_config\': Cannot find field.',
      'generation_config',
    ),
  ),
  signature: refuse(() => missingSignature('image', 1, 0)),
  'text-signature': refuse(() => missingSignature('text', 1, 0)),
  'bad-signature': refuse(() => badSignature(1)),
  '429': refuse(({ model }) => quotas.quota(model.id, 'minute', '1.2s')),
  '429-long': refuse(({ model }) => quotas.quota(model.id, 'day', '3600s')),
  '429-fraction': refuse(() => quotas.shortQuota('34.4s')),
  '429-bare': refuse(quotas.resourceExhausted),
  'no-billing': refuse(({ model }) => quotas.quota(model.id, 'noBilling', '37.36s')),
  'no-quota': refuse(({ model }) => quotas.quota(model.id, 'none', '37.36s')),
  'spend-cap': refuse(quotas.spendCap),
  'no-credit': refuse(quotas.noCredit),
  '500': refuse(errors.internal),
  '503': refuse(errors.overloaded),
  '504': refuse(errors.deadline),
  'html-502': page(
    502,
    '<!DOCTYPE html><html lang=en><title>Error 502 (Server Error)!!1</title><p>That’s an error.</html>',
  ),
  'html-200': page(200, '<html><title>Welcome to the hotel</title><form>Room number: <input></form></html>'),
  'empty-200': page(200, ''),
} as const satisfies Record<string, Behaviour>
