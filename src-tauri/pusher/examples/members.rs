//! Prints the members who join and leave channels that need authorization, and the events:

use std::env;
use std::error::Error;

use pusher::{Client, Config, Endpoint, HttpAuthorizer, Notice, Secret, SystemClock};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = env::args().skip(1);
    let (Some(address), Some(key), Some(endpoint), Some(token)) =
        (arguments.next(), arguments.next(), arguments.next(), arguments.next())
    else {
        return Err("usage: members ADDRESS KEY AUTH_ENDPOINT TOKEN CHANNEL...".into());
    };
    let clock = SystemClock::shared();
    // Asked for at every question, so that a token that changes is always the latest.
    let authorizer = HttpAuthorizer::new(endpoint.parse()?, clock.clone())?
        .with_session(move || vec![("Authorization".to_owned(), Secret::new(format!("Bearer {token}")))]);
    let config = Config::new(key, Endpoint::from_host(&address)?).with_authorizer(authorizer);
    let (client, mut events) = Client::start(config, clock);
    for channel in arguments {
        client.subscribe(&channel)?;
    }
    client.connect();
    while let Some(notice) = events.next().await {
        match notice {
            Notice::Presence(change) => {
                for member in change.joined {
                    println!("{}: {} is here: {}", change.channel, member.id, member.info);
                }
                for member in change.left {
                    println!("{}: {} has gone", change.channel, member.id);
                }
            }
            Notice::Event(event) => println!("{} {} {:?}", event.channel, event.name, event.json()),
            Notice::Subscribed { channel } => println!("{channel}: confirmed; fetch its state now"),
            Notice::Gap(gap) => println!("{}: something may be missing; fetch again", gap.channel),
            Notice::ChannelFailed(failed) => {
                let next = if failed.retrying { "; trying again" } else { "" };
                println!("{}: {}{next}", failed.channel, failed.reason);
            }
            Notice::SessionExpired => println!("the token is not good any more"),
            Notice::Trouble(trouble) => println!("{}", trouble.kind),
            Notice::State(status) => println!("{:?}", status.state),
            _ => {}
        }
    }
    Ok(())
}
