(()=>{var t="wagtail-cse-unsent";document.addEventListener("submit",e=>{e.target.closest("[data-cse-signout]")&&indexedDB.deleteDatabase(t)});})();
