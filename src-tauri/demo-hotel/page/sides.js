// The guest's side of each server (contract.md 8.8): the requests, the channels, and the way in.

const SESSION = "guest-session";

const { slug, room } = document.body.dataset;

const request = async (path, options = {}) => {
  const answer = await fetch(path, options);
  const body = await answer.json().catch(() => ({}));
  if (answer.ok) return body;
  throw new Error(body.error ?? body.detail ?? `The hotel answered ${answer.status}`);
};

const post = (path, body, headers = {}) => {
  const isForm = body instanceof FormData;
  return request(path, {
    method: "POST",
    headers: isForm ? headers : { "Content-Type": "application/json", ...headers },
    body: isForm ? body : JSON.stringify(body),
  });
};

// The servers of 2025: the PIN of the room, and public channels

const ofRoom = (session) => {
  const conversation = `/api/chat/${slug}/conversations/${session.conversation_id}`;
  if (session.session_token) sessionStorage.setItem(SESSION, session.session_token);
  return {
    handler: session.current_staff_handler,
    channels: [session.pusher_channel, `${slug}-conversation-${session.conversation_id}-chat`],
    pusher: {},
    list: (query) => request(`${conversation}/messages/?${query}`),
    send: (message) => post(`${conversation}/messages/send/`, { message }),
    upload: (form) => post(`${conversation}/upload-attachment/`, form),
    markRead: () => post(`/api/chat/conversations/${session.conversation_id}/mark-read/`, {}),
  };
};

/** Begins a session with the PIN of the room. */
export const byPin = async (pin) =>
  ofRoom(await post(`/api/chat/${slug}/guest-session/room/${room}/initialize/`, { pin }));

/** Continues the session of this tab, if it has one. */
export const resumed = async () => {
  const token = sessionStorage.getItem(SESSION);
  if (!token) return null;
  try {
    const session = await request(`/api/chat/guest-session/${token}/validate/`);
    return session.room_number === Number(room) ? ofRoom(session) : null;
  } catch {
    sessionStorage.removeItem(SESSION);
    return null;
  }
};

// The server of 2026-05: the link of the booking, and a private channel

/** Opens the chat with the token in the address of the page. */
export const byBooking = async () => {
  const token = new URLSearchParams(location.search).get("token") ?? "";
  const zone = `/api/guest/hotel/${slug}/chat`;
  const context = await request(`${zone}/context?token=${encodeURIComponent(token)}`);
  const headers = { "X-Guest-Chat-Session": context.chat_session };
  const endpoint = context.pusher.auth_endpoint;
  return {
    handler: null,
    channels: [context.channel_name],
    pusher: { channelAuthorization: { endpoint, transport: "ajax", headers } },
    list: async (query) => (await request(`${zone}/messages?${query}`, { headers })).messages,
    send: (message) => post(`${zone}/messages`, { message }, headers),
    upload: null,
    markRead: () => post(`${zone}/conversations/${context.conversation_id}/mark_read/`, {}, headers),
  };
};
