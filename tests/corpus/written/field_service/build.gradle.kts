plugins { kotlin("jvm") version "2.0.21" }

dependencies { implementation("io.ktor:ktor-client-cio:3.0.1") }
