const element = document.querySelector(arguments[0]);
return Boolean(element) && !element.disabled && !element.closest('[inert]') && element.getClientRects().length > 0;
