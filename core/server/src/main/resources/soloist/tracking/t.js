// Tells Soloist what visitors of this site do, once they have agreed. How to use it: see the page Website.
(function (d, w) {
  'use strict'
  var tag = d.currentScript
  var to = new URL('/e', tag.src)
  var private_ = navigator.globalPrivacyControl === true
  var waits = [5e3, 3e4, 12e4]
  var YEAR = 34e9 // 13 months in milliseconds
  var held = []

  function kept(key, value) {
    try {
      if (value === null) localStorage.removeItem(key)
      else if (value) localStorage.setItem(key, value)
      return localStorage.getItem(key)
    } catch (e) {
      return null
    }
  }

  function random() {
    var bytes = crypto.getRandomValues(new Uint8Array(16))
    return Array.prototype.map.call(bytes, function (b) { return (b + 256).toString(16).slice(1) }).join('')
  }

  function agreed() {
    return tag.dataset.consent === 'given' || kept('soloist.consent') === 'yes'
  }

  function visitor() {
    if (private_ || !agreed()) return null
    var known = (kept('soloist.visitor') || '').split('.')
    if (known.length === 2 && Date.now() - known[1] < YEAR) return known[0]
    var made = kept('soloist.visitor', random() + '.' + Date.now())
    return made && made.split('.')[0]
  }

  function post(body, tries) {
    fetch(to, { method: 'POST', body: body, credentials: 'omit', keepalive: true, headers: { 'Content-Type': 'text/plain' } })
      .then(function (answer) {
        if (answer.status === 429 || answer.status > 499) throw answer
        if (!answer.ok) answer.json().then(function (p) { console.warn('Soloist: ' + p.detail, p.errors || '') })
      })
      .catch(function () {
        if (tries < waits.length) setTimeout(post, waits[tries], body, tries + 1)
      })
  }

  function tell(type, properties) {
    if (!agreed()) {
      if (held.length < 20) held.push([type, properties])
      return
    }
    post(JSON.stringify({ id: random(), visitor: visitor(), type: type, properties: properties }), 0)
  }

  function told(type, more) {
    var all = { url: location.href }
    for (var key in more) all[key] = more[key]
    tell(type, all)
  }

  w.soloist = {
    page: function () { told('page_view', { title: d.title, referrer: d.referrer }) },
    product: function (it) { told('product_view', it) },
    cart: function (it) { told('add_to_cart', it) },
    search: function (query) { told('search', { query: query }) },
    visitor: visitor,
    consent: function (yes) {
      kept('soloist.consent', yes ? 'yes' : null)
      if (!yes) kept('soloist.visitor', null)
      var waiting = held
      held = []
      if (yes) waiting.forEach(function (one) { tell(one[0], one[1]) })
    }
  }
  w.soloist.page()
})(document, window)
