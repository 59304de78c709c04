// Texts come from Django (editor_labels.py): full sentences with %(name)s, plural forms by sample number.
let labels = {}
let rules = new Intl.PluralRules('en')
let language = 'en'
let timeZone

export function setLabels (config) {
  labels = config.labels
  language = config.language
  timeZone = config.time_zone || undefined
  rules = new Intl.PluralRules(language)
}

const fill = (text, values) => text.replace(/%\((\w+)\)s/g, (_, name) => values[name] ?? '')

export const t = (key, values = {}) => fill(labels[key] ?? key, values)

/** labels[key] = {"0": form, "1": form, ...}: the form of a sample number with the same plural category as n. */
export function tn (key, n, values = {}) {
  const forms = labels[key] || {}
  const category = rules.select(n)
  const sample = Object.keys(forms).find(number => rules.select(Number(number)) === category)
  return fill(forms[sample] ?? key, { count: new Intl.NumberFormat(language).format(n), ...values })
}

export const clock = (date) => new Intl.DateTimeFormat(language, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone }).format(date)

/** "today, 14:20", "Monday, 09:12", "3 November, 09:12" */
export function moment (iso) {
  const date = new Date(iso)
  const day = (d) => new Intl.DateTimeFormat('en-CA', { timeZone }).format(d)
  const age = (Date.now() - date) / 86400000
  let name
  if (day(date) === day(new Date())) name = t('today')
  else if (age < 6) name = new Intl.DateTimeFormat(language, { weekday: 'long', timeZone }).format(date)
  else name = new Intl.DateTimeFormat(language, { day: 'numeric', month: 'long', year: age > 300 ? 'numeric' : undefined, timeZone }).format(date)
  return t('day_and_time', { day: name, time: clock(date) })
}
