//! Prints the events of channels: `listen ADDRESS KEY CHANNEL...`

use std::env;
use std::error::Error;

use pusher::{Client, Config, Endpoint, Notice, SystemClock};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = env::args().skip(1);
    let (Some(address), Some(key)) = (arguments.next(), arguments.next()) else {
        return Err("usage: listen ADDRESS KEY CHANNEL...".into());
    };
    let config = Config::new(key, Endpoint::from_host(&address)?);
    let (client, mut events) = Client::start(config, SystemClock::shared());
    for channel in arguments {
        client.subscribe(&channel)?;
    }
    client.connect();
    while let Some(notice) = events.next().await {
        match notice {
            Notice::Event(event) => println!("{} {} {:?}", event.channel, event.name, event.json()),
            Notice::Subscribed { channel } => println!("{channel}: confirmed; fetch its state now"),
            Notice::Gap(gap) => println!("{}: something may be missing; fetch again", gap.channel),
            Notice::ChannelFailed(failed) => println!("{}: {}", failed.channel, failed.reason),
            Notice::Error(error) => println!("the server says: {}", error.message),
            Notice::State(status) => match &status.last_cause {
                Some(cause) if !status.is_connected() => println!("{:?}: {cause}", status.state),
                _ => println!("{:?}", status.state),
            },
            // Public channels send nothing else.
            _ => {}
        }
    }
    Ok(())
}
